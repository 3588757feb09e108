import { describe, expect, test } from "vitest";
import { ada, bob, dhcpService, hourMs, ip, lease, serverAddress } from "./support.ts";

const clientId = "ff0011223344";
const uuid = Uint8Array.from([0, ...Buffer.from("44332211665588778899aabbccddeeff", "hex")]);
const relay = "10.77.0.250";
const circuit = Uint8Array.of(1, 2, 0xca, 0xfe, 2, 1, 0x07);

const byUuid = { extra: new Map([[97, uuid]]) };
const byPort = { giaddr: relay, extra: new Map([[82, circuit]]) };

describe("a reservation", () => {
  test.each([
    ["a MAC address", "52:54:00:77:00:01", {}],
    ["a client id", `client-id:${clientId}`, { clientId }],
    ["a firmware's UUID", "uuid:11223344-5566-7788-8899-aabbccddeeff", byUuid],
    ["a relay's port", "circuit:cafe", byPort],
    ["a port of one relay", "circuit:cafe/07", byPort],
  ])("by %s is for the client that has it, and no other", async (_by, key, parts) => {
    const service = await dhcpService();
    await service.reserve(ip("10.77.0.200"), key);
    expect(await lease(service, ada, parts)).toBe("10.77.0.200");
    expect(await service.say(bob("discover", { requested: "10.77.0.200" }))).toMatchObject({
      address: "10.77.0.10",
    });
    const stolen = { requested: "10.77.0.200", server: serverAddress };
    expect(await service.say(bob("request", stolen))).toEqual({ type: "nak" });
  });

  test("by the strongest key counts: MAC address, client id, UUID, port with relay, port", async () => {
    const service = await dhcpService();
    const all = { clientId, giaddr: relay, extra: new Map([...byUuid.extra, ...byPort.extra]) };
    const keys = [
      "circuit:cafe",
      "circuit:cafe/07",
      "uuid:11223344-5566-7788-8899-aabbccddeeff",
      `client-id:${clientId}`,
      "52:54:00:77:00:01",
    ];
    for (const [n, key] of keys.entries()) {
      await service.reserve(ip(`10.77.0.20${n}`), key);
      expect(await service.say(ada("discover", all))).toMatchObject({ address: `10.77.0.20${n}` });
    }
  });

  test("of a port goes to the machine that is plugged in after the first one, once that one's lease is over", async () => {
    const service = await dhcpService();
    await service.reserve(ip("10.77.0.200"), "circuit:cafe");
    expect(await lease(service, ada, byPort)).toBe("10.77.0.200");
    expect(await lease(service, bob, byPort)).toBe("10.77.0.10");
    service.advance(2 * hourMs);
    expect(await lease(service, bob, byPort)).toBe("10.77.0.200");
    expect(await service.history("10.77.0.200")).toEqual([
      "AddressReserved",
      "LeaseGranted",
      "LeaseExpired",
      "LeaseGranted",
    ]);
    expect(await service.say(ada("request", { ciaddr: "10.77.0.200" }))).toEqual({ type: "nak" });
  });

  test("of a port holds for renewals that pass the relay by, and so do not name the port", async () => {
    const service = await dhcpService();
    await service.reserve(ip("10.77.0.200"), "circuit:cafe");
    await lease(service, ada, byPort);
    expect(await service.say(ada("request", { ciaddr: "10.77.0.200", ...byPort }))).toMatchObject({
      type: "ack",
    });
    expect(await service.say(ada("request", { ciaddr: "10.77.0.200" }))).toMatchObject({ type: "ack" });
  });
});

describe("a client whose reservation another one asks for at the same time", () => {
  test("may take the address that it was offered instead", async () => {
    const service = await dhcpService();
    await service.reserve(ip("10.77.0.200"), "circuit:cafe");
    expect(await service.say(bob("discover", byPort))).toMatchObject({ address: "10.77.0.200" });
    expect(await lease(service, ada, byPort)).toBe("10.77.0.10");
  });
});

describe("a client whose reservation changed", () => {
  test("is refused once, at whatever it asks next, and then has its new address for good", async () => {
    const service = await dhcpService();
    await service.reserve(ip("10.77.0.200"), "52:54:00:77:00:01");
    const before = await lease(service);
    await service.unreserve(ip("10.77.0.200"));
    await service.reserve(ip("10.77.0.201"), "52:54:00:77:00:01");
    expect(await service.say(ada("request", { ciaddr: before }))).toEqual({ type: "nak" });
    expect(await service.say(ada("request", { requested: before }))).toEqual({ type: "nak" });
    const after = await lease(service);
    expect(after).toBe("10.77.0.201");
    expect(await service.say(ada("request", { requested: after }))).toMatchObject({ type: "ack" });
    expect(await service.say(ada("request", { ciaddr: after }))).toMatchObject({ type: "ack" });
  });
});
