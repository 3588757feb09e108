import { describe, expect, test } from "vitest";
import { Subnet } from "../../../src/domain/network/subnet.ts";
import { ada, bob, dhcpService, hourMs, lab, lease, otherServer, serverAddress } from "./support.ts";

/** With more addresses than one client may decline in an hour. */
const wide = Subnet.parse({ ...lab, ranges: [{ first: "10.77.0.10", last: "10.77.0.99" }] });

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

describe("a client that takes and gives up addresses without end", () => {
  test.each([
    ["releases", "LeaseReleased"],
    ["declines", "AddressDeclined"],
  ] as const)("has its %s ignored after 30 in an hour, and keeps its lease", async (what, event) => {
    const service = await dhcpService({ subnets: [wide] });
    const { counters } = service.service;
    const giveUp = async (who = ada) => {
      service.advance(5_000);
      const address = await lease(service, who);
      const parts = what === "releases" ? { ciaddr: address } : { requested: address };
      const type = what === "releases" ? "release" : "decline";
      expect(await service.say(who(type, { ...parts, server: serverAddress }))).toBe("silence");
      return address;
    };
    for (let round = 0; round < 30; round++) {
      expect((await service.history(await giveUp())).at(-1)).toBe(event);
    }
    expect(counters.ignored).toBe(0);

    const kept = await giveUp();
    expect(await giveUp()).toBe(kept);
    expect((await service.history(kept)).at(-1)).toBe("LeaseGranted");
    expect(counters.ignored).toBe(2);
    expect((await service.history(await giveUp(bob))).at(-1)).toBe(event);
    service.advance(hourMs);
    expect((await service.history(await giveUp())).at(-1)).toBe(event);
    expect(counters.ignored).toBe(2);
  });

  test("shares the 30 between releases and declines", async () => {
    const service = await dhcpService({ subnets: [wide] });
    for (let round = 0; round < 15; round++) {
      service.advance(10_000);
      const released = await lease(service);
      await service.say(ada("release", { ciaddr: released, server: serverAddress }));
      const declined = await lease(service);
      await service.say(ada("decline", { requested: declined, server: serverAddress }));
    }
    const kept = await lease(service);
    await service.say(ada("release", { ciaddr: kept, server: serverAddress }));
    expect((await service.history(kept)).at(-1)).toBe("LeaseGranted");
    expect(service.service.counters.ignored).toBe(1);
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
