import { describe, expect, test } from "vitest";
import type { Subnet } from "../../../src/domain/network/subnet.ts";
import { ada, bob, client, dhcpService, hourMs, lab, lease, mac, serverAddress, wire } from "./support.ts";

function subnet(name: string, network: string, more: Partial<Subnet> = {}): Subnet {
  return {
    ...lab,
    name: name as never,
    cidr: `${network}.0/24` as never,
    ranges: [{ first: `${network}.10` as never, last: `${network}.11` as never }],
    routers: [],
    ...more,
  };
}

const far = subnet("far", "10.78.0");
const farther = subnet("farther", "10.79.0");

/** Option 82 as a relay writes it. */
function relayed(
  ...parts: readonly (readonly [code: number, hex: string])[]
): ReadonlyMap<number, Uint8Array> {
  const bytes = parts.flatMap(([code, hex]) => [code, hex.length / 2, ...Buffer.from(hex, "hex")]);
  return new Map([[82, Uint8Array.from(bytes)]]);
}

const link = (hex: string) => relayed([5, hex]);
const selection = (...octets: number[]) => new Map([[118, Uint8Array.from(octets)]]);

describe("the network of a client", () => {
  test.each([
    ["is the wire's, when nothing else is said", {}, "10.77.0.10"],
    ["is the relay's", { giaddr: "10.78.0.1" }, "10.78.0.10"],
    [
      "is what the client selects, before the relay's",
      { giaddr: "10.78.0.1", extra: selection(10, 79, 0, 9) },
      "10.79.0.10",
    ],
    [
      "is the link that the relay selects, before all",
      { giaddr: "10.78.0.1", extra: link("0a4f0009") },
      "10.79.0.10",
    ],
    ["is not that of an address which a client without one names", { ciaddr: "10.78.0.10" }, "10.77.0.10"],
    ["is not what is said in a relay's name without a relay", { extra: link("0a4f0009") }, "10.77.0.10"],
    [
      "is the relay's link rather than the client's wish",
      { giaddr: "10.77.0.250", extra: new Map([...link("0a4e0009"), ...selection(10, 79, 0, 9)]) },
      "10.78.0.10",
    ],
  ])("%s", async (_rule, parts, address) => {
    const { say } = await dhcpService({ subnets: [lab, far, farther] });
    expect(await say(ada("discover", parts))).toMatchObject({ type: "offer", address });
  });

  test("is that of the address which it uses, when it renews past its relay", async () => {
    const service = await dhcpService({ subnets: [lab, far] });
    await service.say(ada("discover", { giaddr: "10.78.0.1" }));
    const taken = { requested: "10.78.0.10", server: serverAddress, giaddr: "10.78.0.1" };
    await service.say(ada("request", taken));
    service.advance(hourMs / 2);
    expect(await service.say(ada("request", { ciaddr: "10.78.0.10" }))).toMatchObject({ leaseSeconds: 3600 });
  });

  test.each([
    ["relay", { giaddr: "10.200.0.1" }],
    ["link selection", { giaddr: "10.78.0.1", extra: link("0ac80001") }],
    ["subnet selection", { extra: selection(10, 200, 0, 1) }],
  ])("that is not served gets no answer, and no other network in its place: by %s", async (_how, parts) => {
    const { say, service } = await dhcpService({ subnets: [lab, far] });
    expect(await say(ada("discover", parts))).toBe("silence");
    expect(service.counters.foreignNetwork).toBe(1);
  });
});

describe("a client of a moved machine", () => {
  test("that remembers an address of its old network is refused on the new one", async () => {
    const service = await dhcpService({ subnets: [lab, far] });
    const address = await lease(service);
    const moved = { requested: address, giaddr: "10.78.0.1" };
    expect(await service.say(ada("request", moved))).toEqual({ type: "nak" });
    expect(await service.say(ada("discover", { giaddr: "10.78.0.1" }))).toMatchObject({
      address: "10.78.0.10",
    });
  });

  test("that still uses its address, and asks everybody (REBINDING), is refused on the new one", async () => {
    const service = await dhcpService({ subnets: [lab, far] });
    const address = await lease(service);
    expect(await service.say(ada("request", { ciaddr: address, giaddr: "10.78.0.1" }))).toEqual({
      type: "nak",
    });
  });

  test("is told by its relay what server it has, and is ours by that name too (RFC 5107)", async () => {
    const { say } = await dhcpService({ subnets: [lab, far] });
    const override = { giaddr: "10.78.0.1", extra: relayed([11, "0a4e0001"]) };
    expect(await say(ada("discover", override))).toMatchObject({ address: "10.78.0.10" });
    const taken = { ...override, requested: "10.78.0.10", server: "10.78.0.1" };
    expect(await say(ada("request", taken))).toMatchObject({ type: "ack", address: "10.78.0.10" });
    expect(await say(bob("request", { ...taken, extra: new Map() }))).toBe("silence");
  });
});

describe("subnets that share a wire", () => {
  const shared = { sharedNetwork: "hall" as never };
  const halls = [
    { ...subnet("hall-b", "10.80.0"), ...shared },
    { ...subnet("hall-a", "10.81.0"), ...shared },
  ];
  const behind = { giaddr: "10.80.0.1" };
  const newcomer = (n: number) => client(mac(`52:54:00:77:02:0${n}`));

  async function full() {
    const service = await dhcpService({ subnets: [lab, ...halls] });
    const addresses = [];
    for (let n = 0; n < 4; n++) addresses.push(await lease(service, newcomer(n), behind));
    return { service, addresses };
  }

  test("give their addresses in the order of their names, whichever the relay is of", async () => {
    const { service, addresses } = await full();
    expect(addresses).toEqual(["10.81.0.10", "10.81.0.11", "10.80.0.10", "10.80.0.11"]);
    expect(await service.say(newcomer(5)("discover", behind))).toBe("silence");
    expect(service.service.counters.exhausted).toBe(1);
    expect(service.service.exhaustion.take()).toEqual([{ subnets: ["hall-a", "hall-b"], unanswered: 1 }]);
    expect(service.service.exhaustion.take()).toEqual([]);
  });

  test("let a client keep an address of any of them", async () => {
    const { service, addresses } = await full();
    for (const [n, address] of addresses.entries()) {
      const who = newcomer(n);
      expect(await service.say(who("request", { requested: address, ...behind }))).toMatchObject({
        type: "ack",
      });
      expect(await service.say(who("request", { ciaddr: address, ...behind }))).toMatchObject({
        type: "ack",
      });
      expect(await service.say(who("discover", { giaddr: "10.81.0.1" }))).toMatchObject({ address });
    }
  });

  test("refuse an address that is of none of them", async () => {
    const { service } = await full();
    expect(await service.say(newcomer(0)("request", { requested: "10.77.0.10", ...behind }))).toEqual({
      type: "nak",
    });
  });

  test("find a reservation in any of them", async () => {
    const service = await dhcpService({ subnets: halls });
    await service.reserve("10.80.0.77" as never, "52:54:00:77:00:01");
    expect(await service.say(ada("discover", { giaddr: "10.81.0.1" }))).toMatchObject({
      address: "10.80.0.77",
    });
  });

  test("that are parted again keep their clients to themselves", async () => {
    const { service, addresses } = await full();
    const { networkCodec } = await import("../../../src/domain/network/events.ts");
    const apart = { ...subnet("hall-a", "10.81.0"), sharedNetwork: null };
    await service.happened("network", networkCodec.write({ type: "SubnetChanged", data: { subnet: apart } }));
    const [first = ""] = addresses;
    expect(await service.say(newcomer(0)("request", { requested: first, ...behind }))).toEqual({
      type: "nak",
    });
    expect(await service.say(newcomer(0)("discover", { giaddr: "10.81.0.1" }))).toMatchObject({
      address: first,
    });
  });

  test("tell a client that only asks about the network of the subnet that it is in", async () => {
    const { say } = await dhcpService({ subnets: halls });
    expect(await say(ada("inform", { ciaddr: "10.80.0.99" }))).toEqual({ type: "ack" });
    expect(await say(ada("inform", { ciaddr: "10.81.0.99", giaddr: "10.80.0.1" }))).toEqual({ type: "ack" });
  });
});

describe("an address outside of the client's network", () => {
  test.each([
    ["of nobody here", { ciaddr: "192.0.2.77" }],
    ["of nobody here, behind a relay", { ciaddr: "192.0.2.77", giaddr: "10.78.0.1" }],
    ["of another network than the relay's", { ciaddr: "10.77.0.9", giaddr: "10.78.0.1" }],
  ])("%s is sent nothing: a DHCPINFORM would aim answers at anybody", async (_whose, parts) => {
    const { say, service } = await dhcpService({ subnets: [lab, far] });
    expect(await say(ada("inform", parts))).toBe("silence");
    expect(service.counters).toMatchObject({ foreignNetwork: 1, acknowledged: 0 });
  });

  test("is sent no DHCPACK of an offer either: that client has no address to be reached at", async () => {
    const { service } = await dhcpService();
    const taking = { requested: "10.77.0.10", server: serverAddress, ciaddr: "192.0.2.77" };
    const reply = await service.respond(ada("request", taking), wire);
    expect(reply?.packet).toMatchObject({ yiaddr: "10.77.0.10", ciaddr: "0.0.0.0" });
  });
});
