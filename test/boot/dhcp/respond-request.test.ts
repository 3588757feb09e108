import { describe, expect, test } from "vitest";
import { ada, bob, cyd, dhcpService, hourMs, lease, mac, otherServer, serverAddress } from "./support.ts";

describe("a DHCPREQUEST that takes an offer (SELECTING)", () => {
  test("is acknowledged once the lease is in the log", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    const [granted] = await service.log.readStream(`address-${address}`);
    expect(granted).toMatchObject({
      type: "LeaseGranted",
      data: { status: "leased", holder: { mac: "52:54:00:77:00:01" }, leaseSeconds: 3600 },
      meta: { actor: "client:52:54:00:77:00:01", source: "dhcp" },
    });
  });

  test("is acknowledged when it is sent twice, with one event", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    service.advance(1_000);
    expect(await service.say(ada("request", { requested: address, server: serverAddress }))).toEqual({
      type: "ack",
      address,
      leaseSeconds: 3599,
    });
    expect(await service.history(address)).toEqual(["LeaseGranted"]);
  });

  test("is not answered when it takes the offer of another server, whose address is free again", async () => {
    const { say, service } = await dhcpService();
    await say(ada("discover"));
    expect(await say(ada("request", { requested: "10.77.0.99", server: otherServer }))).toBe("silence");
    expect(service.counters.silent).toBe(1);
    expect(await say(bob("discover", { requested: "10.77.0.10" }))).toMatchObject({ address: "10.77.0.10" });
  });

  test("is acknowledged without an offer, as after a restart", async () => {
    const { say } = await dhcpService();
    expect(await say(ada("request", { requested: "10.77.0.12", server: serverAddress }))).toMatchObject({
      type: "ack",
    });
  });

  test.each([
    ["is leased to another client", "10.77.0.10"],
    ["is offered to another client", "10.77.0.11"],
    ["is reserved for another client", "10.77.0.200"],
    ["is of no range", "10.77.0.201"],
    ["is the router's", "10.77.0.254"],
    ["is of another network", "192.0.2.1"],
  ])("is refused when the address %s", async (_why, requested) => {
    const service = await dhcpService();
    await lease(service, bob);
    await service.say(cyd("discover"));
    await service.reserve("10.77.0.200" as never, mac("52:54:00:77:00:03"));
    expect(await service.say(ada("request", { requested, server: serverAddress }))).toEqual({ type: "nak" });
  });

  test("is not answered when it names no address", async () => {
    const { say } = await dhcpService();
    expect(await say(ada("request", { server: serverAddress }))).toBe("silence");
    expect(await say(ada("request"))).toBe("silence");
  });
});

describe("a DHCPREQUEST of a client with a reservation", () => {
  test("is acknowledged under another client id, while the lease of the first runs", async () => {
    const service = await dhcpService();
    await service.reserve("10.77.0.200" as never, mac("52:54:00:77:00:01"));
    expect(await lease(service, ada, { clientId: "01525400770001" })).toBe("10.77.0.200");
    expect(await lease(service, ada, { clientId: "ff00112233" })).toBe("10.77.0.200");
    expect(await service.history("10.77.0.200")).toEqual([
      "AddressReserved",
      "LeaseGranted",
      "LeaseExpired",
      "LeaseGranted",
    ]);
  });

  test("keeps its other lease while the reserved address is out of use", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    await service.say(bob("request", { requested: "10.77.0.15", server: serverAddress }));
    const [granted] = await service.log.readStream("address-10.77.0.15");
    const data = { ...(granted?.data as object), reservedFor: mac("52:54:00:77:00:01"), status: "declined" };
    const declined = { ...data, leaseSeconds: null, untilMs: service.nowMs() + hourMs };
    await service.happened("address-10.77.0.15", { type: "AddressDeclined", schema: 1, data: declined });
    expect(await service.say(ada("request", { requested: address }))).toMatchObject({ type: "ack", address });
    service.advance(hourMs);
    expect(await service.say(ada("request", { requested: address }))).toEqual({ type: "nak" });
  });

  test("is refused for another address, as soon as the reserved one can be had", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    await service.reserve("10.77.0.200" as never, mac("52:54:00:77:00:01"));
    expect(await service.say(ada("request", { ciaddr: address }))).toEqual({ type: "nak" });
  });
});

describe("a DHCPREQUEST of a client that remembers an address (INIT-REBOOT)", () => {
  test("is acknowledged when the address is the client's", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    expect(await service.say(ada("request", { requested: address }))).toMatchObject({ type: "ack", address });
  });

  test("is refused when the client has another address", async () => {
    const service = await dhcpService();
    await lease(service);
    expect(await service.say(ada("request", { requested: "10.77.0.15" }))).toEqual({ type: "nak" });
  });

  test("is refused when the client moved to another network", async () => {
    const { say } = await dhcpService();
    expect(await say(ada("request", { requested: "192.168.1.5" }))).toEqual({ type: "nak" });
  });

  test("is not answered when the client is unknown: another server may know it", async () => {
    const { say } = await dhcpService();
    expect(await say(ada("request", { requested: "10.77.0.15" }))).toBe("silence");
  });

  test("is acknowledged again after the client gave the address back", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    await service.say(ada("release", { ciaddr: address, server: serverAddress }));
    expect(await service.say(ada("request", { requested: address }))).toMatchObject({ type: "ack", address });
    expect(await service.history(address)).toEqual(["LeaseGranted", "LeaseReleased", "LeaseGranted"]);
  });
});

describe("a DHCPREQUEST of a client that uses its address (RENEWING, REBINDING)", () => {
  test("gets the remaining time and no event within the first quarter", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    service.advance(hourMs / 4 - 1_000);
    expect(await service.say(ada("request", { ciaddr: address }))).toEqual({
      type: "ack",
      address,
      leaseSeconds: 2701,
    });
    expect(await service.history(address)).toEqual(["LeaseGranted"]);
  });

  test("gets a whole lease after that", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    service.advance(hourMs / 2);
    expect(await service.say(ada("request", { ciaddr: address }))).toMatchObject({ leaseSeconds: 3600 });
    expect(await service.history(address)).toEqual(["LeaseGranted", "LeaseRenewed"]);
  });

  test("is acknowledged after the lease lapsed, when nobody got the address since", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    service.advance(2 * hourMs);
    expect(await service.say(ada("request", { ciaddr: address }))).toMatchObject({ type: "ack" });
  });

  test("is refused when the address is somebody else's, or of no served network", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    expect(await service.say(bob("request", { ciaddr: address }))).toEqual({ type: "nak" });
    expect(await service.say(bob("request", { ciaddr: "192.0.2.77" }))).toEqual({ type: "nak" });
  });

  test("keeps the relay that the lease was granted through, which a renewal does not pass", async () => {
    const service = await dhcpService();
    await service.say(
      ada("request", { requested: "10.77.0.10", server: serverAddress, giaddr: "10.77.0.250" }),
    );
    service.advance(hourMs / 2);
    await service.say(ada("request", { ciaddr: "10.77.0.10" }));
    const events = await service.log.readStream("address-10.77.0.10");
    expect(events.at(-1)).toMatchObject({ type: "LeaseRenewed", data: { relay: "10.77.0.250" } });
  });
});

describe("a lapsed lease", () => {
  test("is kept for its holder for 60 seconds, then granted to others with both events", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    service.advance(hourMs + 59_999);
    expect(await service.say(bob("request", { requested: address, server: serverAddress }))).toEqual({
      type: "nak",
    });
    service.advance(1);
    expect(await service.say(bob("request", { requested: address, server: serverAddress }))).toMatchObject({
      type: "ack",
    });
    expect(await service.history(address)).toEqual(["LeaseGranted", "LeaseExpired", "LeaseGranted"]);
  });

  test("is not granted to others while the clock is suspect", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    service.flags.clockSuspect = true;
    service.advance(100 * hourMs);
    expect(await service.say(bob("request", { requested: address, server: serverAddress }))).toEqual({
      type: "nak",
    });
    expect(await service.say(ada("request", { ciaddr: address }))).toMatchObject({ type: "ack" });
  });
});
