import { describe, expect, test } from "vitest";
import { ada, bob, cyd, dhcpService, lab, lease, mac, serverAddress } from "./support.ts";

describe("a DHCPDISCOVER", () => {
  test("is offered the first address, and nothing is recorded", async () => {
    const { say, history } = await dhcpService();
    expect(await say(ada("discover"))).toEqual({ type: "offer", address: "10.77.0.10", leaseSeconds: 3600 });
    expect(await history("10.77.0.10")).toEqual([]);
  });

  test("is offered the same address when it is repeated", async () => {
    const { say } = await dhcpService();
    await say(ada("discover"));
    await say(bob("discover"));
    expect(await say(ada("discover"))).toMatchObject({ address: "10.77.0.10" });
    expect(await say(bob("discover"))).toMatchObject({ address: "10.77.0.11" });
  });

  test("is offered the address that it would like, when that is free", async () => {
    const { say } = await dhcpService();
    expect(await say(ada("discover", { requested: "10.77.0.15" }))).toMatchObject({ address: "10.77.0.15" });
    expect(await say(bob("discover", { requested: "10.77.0.15" }))).toMatchObject({ address: "10.77.0.10" });
    expect(await say(cyd("discover", { requested: "10.77.0.200" }))).toMatchObject({ address: "10.77.0.11" });
  });

  test("is offered the address of the client's lease, and of its last lease", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    await lease(service, bob);
    expect(await service.say(ada("discover"))).toMatchObject({ address });
    await service.say(ada("release", { ciaddr: address, server: serverAddress }));
    expect(await service.say(ada("discover", { requested: "10.77.0.15" }))).toMatchObject({ address });
  });

  test("is offered the same address with `01` and the MAC address as client id, and without one", async () => {
    const service = await dhcpService();
    const address = await lease(service, ada, { clientId: "01525400770001" });
    expect(await service.say(ada("discover"))).toMatchObject({ address });
    expect(await service.say(ada("discover", { clientId: "ff00112233" }))).not.toMatchObject({ address });
  });
});

describe("a machine whose firmware and installed system call themselves differently", () => {
  test("has an address by each name, however often it boots, and an event for each", async () => {
    const service = await dhcpService();
    const system = { clientId: "ff5254007700020000ab11" };
    const byFirmware = await lease(service);
    const bySystem = await lease(service, ada, system);
    for (let boots = 0; boots < 3; boots++) {
      service.advance(60_000);
      expect(await lease(service, ada, { clientId: "01525400770001" })).toBe(byFirmware);
      expect(await service.say(ada("request", { requested: bySystem, ...system }))).toMatchObject({
        type: "ack",
      });
    }
    expect(await service.history(byFirmware)).toEqual(["LeaseGranted"]);
    expect(await service.history(bySystem)).toEqual(["LeaseGranted"]);
  });
});

describe("a DHCPDISCOVER, when addresses are few or far,", () => {
  test("is offered the reserved address, whatever the client id", async () => {
    const { say, reserve } = await dhcpService();
    await reserve("10.77.0.200" as never, mac("52:54:00:77:00:01"));
    expect(await say(ada("discover", { clientId: "ff00112233" }))).toMatchObject({ address: "10.77.0.200" });
    expect(await say(bob("discover", { requested: "10.77.0.200" }))).toMatchObject({ address: "10.77.0.10" });
  });

  test("is left unanswered when no address is left", async () => {
    const { say, service } = await dhcpService({
      subnets: [{ ...lab, ranges: [{ first: "10.77.0.10" as never, last: "10.77.0.10" as never }] }],
    });
    await say(ada("discover"));
    expect(await say(bob("discover"))).toBe("silence");
    expect(service.counters.exhausted).toBe(1);
  });

  test("is offered what another client was offered and did not take within 30 seconds", async () => {
    const { say, advance } = await dhcpService({
      subnets: [{ ...lab, ranges: [{ first: "10.77.0.10" as never, last: "10.77.0.10" as never }] }],
    });
    await say(ada("discover"));
    advance(30_000);
    expect(await say(bob("discover"))).toMatchObject({ address: "10.77.0.10" });
  });

  test("through a relay is offered an address of the relay's network, or none when that is not served", async () => {
    const far = {
      ...lab,
      name: "far" as never,
      cidr: "10.78.0.0/24" as never,
      ranges: [{ first: "10.78.0.5" as never, last: "10.78.0.9" as never }],
    };
    const { say, service } = await dhcpService({ subnets: [lab, far] });
    expect(await say(ada("discover", { giaddr: "10.78.0.1" }))).toMatchObject({ address: "10.78.0.5" });
    expect(await say(bob("discover", { giaddr: "10.79.0.1" }))).toBe("silence");
    expect(service.counters.foreignNetwork).toBe(1);
  });

  test("never gives out the addresses of routers, of this host, of the network and of everybody", async () => {
    const { say } = await dhcpService({
      subnets: [
        {
          ...lab,
          cidr: "10.77.0.0/29" as never,
          ranges: [{ first: "10.77.0.0" as never, last: "10.77.0.7" as never }],
          routers: ["10.77.0.2" as never],
        },
      ],
    });
    const offered = [];
    for (let index = 3; index < 8; index++) {
      const who = await say({ ...ada("discover"), mac: mac(`52:54:00:77:01:0${index}`) });
      offered.push(who === "silence" ? who : who.address);
    }
    expect(offered).toEqual(["10.77.0.3", "10.77.0.4", "10.77.0.5", "10.77.0.6", "silence"]);
  });
});
