import { describe, expect, test } from "vitest";
import type { DhcpServiceOptions } from "../../../src/boot/dhcp/service.ts";
import { ada, bob, client, dhcpService, hourMs, ip, lab, lease, mac, serverAddress } from "./support.ts";

const withLimits = (options: Partial<DhcpServiceOptions>, subnet = lab) =>
  dhcpService({ options, subnets: [subnet] });

const wide = { ...lab, ranges: [{ first: ip("10.77.0.10"), last: ip("10.77.0.29") }] };
const newcomer = (n: number) => client(mac(`52:54:00:77:04:${n.toString(16).padStart(2, "0")}`));
const port = (octet: number) => ({
  giaddr: "10.77.0.250",
  extra: new Map([[82, Uint8Array.of(1, 1, octet)]]),
});

describe("messages of one client", () => {
  test("are left unanswered beyond its share of ten seconds, and counted", async () => {
    const { say, service, advance } = await withLimits({ messagesPerClientMax: 2 });
    await say(ada("discover"));
    await say(ada("discover"));
    expect(await say(ada("discover"))).toBe("silence");
    expect(await say(bob("discover"))).toMatchObject({ type: "offer" });
    expect(service.counters.clientLimit).toBe(1);
    advance(10_000);
    expect(await say(ada("discover"))).toMatchObject({ type: "offer" });
  });

  test("are not counted against a machine whose MAC address somebody else uses with another client id or relay", async () => {
    const { say } = await withLimits({ messagesPerClientMax: 1 });
    await say(ada("discover", { clientId: "ff01" }));
    await say(ada("discover", { giaddr: "10.77.0.250" }));
    expect(await say(ada("discover"))).toMatchObject({ type: "offer" });
  });
});

describe("messages of clients that nobody knows", () => {
  test("are left unanswered beyond the share of their relay's port, and others are not", async () => {
    const { say, service } = await withLimits({ messagesPerCircuitMax: 2 });
    for (const n of [1, 2]) await say(newcomer(n)("discover", port(1)));
    expect(await say(newcomer(3)("discover", port(1)))).toBe("silence");
    expect(await say(newcomer(4)("discover", port(2)))).toMatchObject({ type: "offer" });
    expect(service.counters.relayLimit).toBe(1);
  });

  test.each([
    ["relay", { giaddr: "10.77.0.250" }],
    ["wire", {}],
  ])("are left unanswered beyond the share of their %s", async (_of, parts) => {
    const { say, known } = await withLimits({ messagesPerRelayMax: 1 });
    await say(newcomer(1)("discover", parts));
    expect(await say(newcomer(2)("discover", parts))).toBe("silence");
    known.add(mac("52:54:00:77:04:02"));
    expect(await say(newcomer(2)("discover", parts))).toMatchObject({ type: "offer" });
  });

  test("use up no share of clients with a lease or a reservation", async () => {
    const service = await withLimits({ messagesPerRelayMax: 2 });
    const address = await lease(service);
    await service.reserve(ip("10.77.0.200"), "52:54:00:77:00:02");
    expect(await service.say(newcomer(1)("discover"))).toBe("silence");
    expect(await service.say(ada("request", { ciaddr: address }))).toMatchObject({ type: "ack" });
    expect(await lease(service, bob)).toBe("10.77.0.200");
    service.advance(hourMs);
    expect(await service.say(newcomer(1)("discover"))).toMatchObject({ type: "offer" });
    expect(await service.say(newcomer(2)("discover"))).toMatchObject({ type: "offer" });
    expect(await service.say(ada("request", { ciaddr: address }))).toBe("silence");
  });
});

describe("two machines with one client id", () => {
  const shared = { clientId: "ff00112233" };

  test("cause so many events in an hour and no more, and keep the lease that they share", async () => {
    const service = await withLimits({ changesPerHour: 10 });
    const address = await lease(service, ada, shared);
    for (let round = 0; round < 50; round++) {
      service.advance(1_000);
      const who = round % 2 ? ada : bob;
      expect(await service.say(who("request", { ciaddr: address, ...shared }))).toMatchObject({
        type: "ack",
      });
    }
    expect(await service.history(address)).toHaveLength(10);
    expect(await service.say(ada("request", { ciaddr: address, ...shared }))).toMatchObject({
      leaseSeconds: expect.toSatisfy((seconds: number) => seconds < 3600),
    });
  });

  test("renew it in time all the same", async () => {
    const service = await withLimits({ changesPerHour: 2 });
    const address = await lease(service, ada, shared);
    for (const who of [bob, ada, bob]) await service.say(who("request", { ciaddr: address, ...shared }));
    service.advance(hourMs / 2);
    expect(await service.say(ada("request", { ciaddr: address, ...shared }))).toMatchObject({
      leaseSeconds: 3600,
    });
  });
});

describe("a client that changes its client id", () => {
  test("causes so many events in an hour, and hears nothing beyond that until the hour is over", async () => {
    const service = await withLimits({ changesPerHour: 3 }, wide);
    for (const id of ["ff01", "ff02", "ff03"]) await lease(service, ada, { clientId: id });
    const more = { requested: "10.77.0.13", server: serverAddress, clientId: "ff04" };
    expect(await service.say(ada("request", more))).toBe("silence");
    expect(service.service.counters.changeLimit).toBe(1);
    expect(await service.say(ada("request", { ciaddr: "10.77.0.10", clientId: "ff01" }))).toMatchObject({
      type: "ack",
    });
    service.advance(hourMs);
    expect(await service.say(ada("request", more))).toMatchObject({ type: "ack" });
  });

  test("with a reservation by its MAC address keeps the address, and the log its peace", async () => {
    const service = await withLimits({ changesPerHour: 3 });
    await service.reserve(ip("10.77.0.200"), "52:54:00:77:00:01");
    for (let n = 0; n < 20; n++) {
      expect(await lease(service, ada, { clientId: n % 2 ? "ff01" : "ff02" })).toBe("10.77.0.200");
    }
    expect((await service.history("10.77.0.200")).length).toBeLessThanOrEqual(1 + 2 * 3);
  });
});

describe("clients that were never seen", () => {
  test("get so many addresses of a subnet in an hour, and known machines get theirs", async () => {
    const service = await withLimits({ newcomersPerHour: 2 });
    await lease(service, newcomer(1));
    await lease(service, newcomer(2));
    expect(await service.say(newcomer(3)("discover"))).toBe("silence");
    const taking = { requested: "10.77.0.12", server: serverAddress };
    expect(await service.say(newcomer(3)("request", taking))).toBe("silence");
    expect(service.service.counters.newcomerLimit).toBe(2);
    service.known.add(mac("52:54:00:77:04:03"));
    expect(await lease(service, newcomer(3))).toBe("10.77.0.13");
    service.advance(hourMs);
    expect(await lease(service, newcomer(4))).toBe("10.77.0.14");
  });

  test("behind one port of a relay get so many, and those behind others get theirs", async () => {
    const service = await withLimits({ newcomersPerCircuitPerHour: 1 });
    await lease(service, newcomer(1), port(1));
    expect(await service.say(newcomer(2)("discover", port(1)))).toBe("silence");
    expect(await lease(service, newcomer(3), port(2))).toBe("10.77.0.12");
  });

  test("are no newcomers when they come back, as long as nobody else has their address", async () => {
    const service = await withLimits({ newcomersPerHour: 1 });
    const address = await lease(service, newcomer(1));
    service.advance(hourMs / 2);
    await service.say(newcomer(1)("release", { ciaddr: address, server: serverAddress }));
    expect(await service.say(newcomer(2)("discover"))).toBe("silence");
    expect(await lease(service, newcomer(1))).toBe(address);
  });
});

describe("the last tenth of a pool of 32 addresses and more", () => {
  const large = { ...lab, ranges: [{ first: ip("10.77.0.10"), last: ip("10.77.0.49") }] };

  async function full() {
    const service = await withLimits({}, large);
    for (let n = 0; n < 36; n++) await lease(service, newcomer(n));
    return service;
  }

  test("is kept from clients that nobody knows", async () => {
    const service = await full();
    expect(await service.say(newcomer(99)("discover"))).toBe("silence");
    expect(await service.say(newcomer(99)("discover", { requested: "10.77.0.46" }))).toBe("silence");
    expect(service.service.counters.exhausted).toBe(2);
    expect(service.service.exhaustion.take()).toEqual([{ subnets: ["lab"], unanswered: 2 }]);
    const taking = { requested: "10.77.0.46", server: serverAddress };
    expect(await service.say(newcomer(99)("request", taking))).toEqual({ type: "nak" });
  });

  test("is for machines that are known, and stays with them when they are so no more", async () => {
    const service = await full();
    service.known.add(mac("52:54:00:77:00:01"));
    expect(await lease(service, ada)).toBe("10.77.0.46");
    service.known.delete(mac("52:54:00:77:00:01"));
    service.advance(hourMs / 2);
    expect(await service.say(ada("request", { ciaddr: "10.77.0.46" }))).toMatchObject({ leaseSeconds: 3600 });
    await service.say(ada("release", { ciaddr: "10.77.0.46", server: serverAddress }));
    expect(await lease(service, ada)).toBe("10.77.0.46");
  });
});

describe("a hall that is switched on for the first time", () => {
  const rack = 2_000;
  const hall = {
    ...lab,
    cidr: "10.64.0.0/12" as never,
    ranges: [{ first: ip("10.64.1.0"), last: ip("10.64.10.0") }],
  };
  /** Of the many relays that call a whole network one port: a router by its interface, a switch by its uplink. */
  const uplink = { giaddr: "10.64.0.1", extra: new Map([[82, Uint8Array.of(1, 3, 0x6c, 0x61, 0x6e)]]) };
  const machine = (n: number) => client(mac(`52:54:00:99:${hexOctet(n >> 8)}:${hexOctet(n & 255)}`));

  test.each([
    ["that names no ports", { giaddr: "10.64.0.1" }],
    ["that calls all of them one port", uplink],
  ])("gets its addresses at once behind a relay %s", async (_which, parts) => {
    const service = await dhcpService({ subnets: [hall] });
    const everyone = Array.from({ length: rack }, (_, n) => machine(n));
    for (const who of everyone)
      expect(await service.say(who("discover", parts))).toMatchObject({ type: "offer" });
    for (const who of everyone) await lease(service, who, parts);
    expect(service.service.counters).toMatchObject({
      relayLimit: 0,
      newcomerLimit: 0,
      changeLimit: 0,
      shed: 0,
    });
  });
});

function hexOctet(octet: number): string {
  return octet.toString(16).padStart(2, "0");
}
