import { describe, expect, test } from "vitest";
import { type NetworkEvent, networkCodec } from "../../../src/domain/network/events.ts";
import { ada, dhcpService, ip, lab, lease, serverAddress } from "./support.ts";

const wide = { ...lab, name: "wide", cidr: "10.80.0.0/14", ranges: [], routers: [] } as never;
const write = (event: NetworkEvent) => networkCodec.write(event);

describe("a subnet", () => {
  test("serves clients of its network, whatever its size, from the moment it is defined", async () => {
    const service = await dhcpService({ subnets: [] });
    expect(await service.say(ada("inform", { ciaddr: "10.83.255.1" }))).toBe("silence");
    await service.happened("network", write({ type: "SubnetDefined", data: { subnet: wide } }));
    expect(await service.say(ada("inform", { ciaddr: "10.83.255.1" }))).toEqual({ type: "ack" });
    expect(await service.say(ada("inform", { ciaddr: "10.84.0.0" }))).toBe("silence");
  });

  test("that was changed leases from its new ranges, and refuses renewals outside them", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    const ranges = [{ first: ip("10.77.0.30"), last: ip("10.77.0.31") }];
    await service.happened("network", write({ type: "SubnetChanged", data: { subnet: { ...lab, ranges } } }));
    expect(await service.say(ada("request", { ciaddr: address }))).toEqual({ type: "nak" });
    expect(await service.say(ada("discover"))).toMatchObject({ address: "10.77.0.30" });
  });

  test("that was retired is served no more", async () => {
    const service = await dhcpService();
    await service.happened("network", write({ type: "SubnetRetired", data: { name: lab.name } }));
    expect(await service.say(ada("discover"))).toBe("silence");
  });

  test("that was changed leases what was freed under its old definition", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    await service.say(ada("release", { ciaddr: address, server: serverAddress }));
    const ranges = [{ first: ip(address), last: ip(address) }];
    await service.happened("network", write({ type: "SubnetChanged", data: { subnet: { ...lab, ranges } } }));
    expect(await service.say(ada("discover"))).toMatchObject({ address });
  });
});
