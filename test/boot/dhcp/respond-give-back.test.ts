import { describe, expect, test } from "vitest";
import { ada, bob, dhcpService, hourMs, lease, otherServer, serverAddress } from "./support.ts";

describe("a DHCPDECLINE", () => {
  test("keeps the address out of use for an hour", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    expect(await service.say(ada("decline", { requested: address, server: serverAddress }))).toBe("silence");
    expect(await service.history(address)).toEqual(["LeaseGranted", "AddressDeclined"]);
    expect(await service.say(ada("discover"))).not.toMatchObject({ address });
    expect(await service.say(bob("request", { requested: address, server: serverAddress }))).toEqual({
      type: "nak",
    });
    service.advance(hourMs);
    expect(await service.say(bob("request", { requested: address, server: serverAddress }))).toMatchObject({
      type: "ack",
    });
  });

  test.each([
    ["of a client that does not hold the lease", { who: bob, server: serverAddress }],
    ["meant for another server", { who: ada, server: otherServer }],
  ])("%s changes nothing", async (_why, { who, server }) => {
    const service = await dhcpService();
    const address = await lease(service);
    await service.say(who("decline", { requested: address, server }));
    expect(await service.history(address)).toEqual(["LeaseGranted"]);
  });
});

describe("a DHCPRELEASE", () => {
  test("frees the address, which comes last among those that were used", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    expect(await service.say(ada("release", { ciaddr: address, server: serverAddress }))).toBe("silence");
    expect(await service.history(address)).toEqual(["LeaseGranted", "LeaseReleased"]);
    expect(await service.say(bob("discover"))).toMatchObject({ address: "10.77.0.11" });
  });

  test.each([
    ["of a client that does not hold the lease", { who: bob, server: serverAddress }],
    ["meant for another server", { who: ada, server: otherServer }],
  ])("%s changes nothing", async (_why, { who, server }) => {
    const service = await dhcpService();
    const address = await lease(service);
    await service.say(who("release", { ciaddr: address, server }));
    expect(await service.history(address)).toEqual(["LeaseGranted"]);
  });
});

describe("a DHCPINFORM", () => {
  test("is told about the network and gets no lease", async () => {
    const { say } = await dhcpService();
    expect(await say(ada("inform", { ciaddr: "10.77.0.66" }))).toEqual({ type: "ack" });
    expect(await say(ada("inform"))).toBe("silence");
  });
});

describe("a message that is no client's", () => {
  test("is not answered", async () => {
    const { say, service } = await dhcpService();
    expect(await say(ada("offer"))).toBe("silence");
    expect(await say({ ...ada("discover"), op: "reply" })).toBe("silence");
    expect(await say({ ...ada("discover"), options: new Map() })).toBe("silence");
    expect(service.counters.notRequests).toBe(3);
  });
});
