import { describe, expect, test } from "vitest";
import type { ProbeResult } from "../../../src/boot/dhcp/probe.ts";
import { ada, dhcpService, hourMs, ip, lab, lease, serverAddress } from "./support.ts";

const probed = { ...lab, probeBeforeOffer: true };
const far = {
  ...probed,
  name: "far" as never,
  cidr: "10.78.0.0/24" as never,
  ranges: [{ first: ip("10.78.0.10"), last: ip("10.78.0.19") }],
  routers: [],
};

const behind = { giaddr: "10.78.0.1" };

/** A network where each of these addresses is answered for so, and every other is free. */
function network(results: Readonly<Record<string, ProbeResult>>) {
  const asked: string[] = [];
  const probe = async (address: string) => {
    asked.push(address);
    return results[address] ?? "free";
  };
  return { asked, probe };
}

describe("in a subnet that asks before it offers", () => {
  test("a new address is offered when nobody was found there, to the client that asked again", async () => {
    const { probe, asked } = network({});
    const { say, service, history } = await dhcpService({ subnets: [probed], probe });
    expect(await say(ada("discover"))).toBe("silence");
    expect(service.counters.probing).toBe(1);
    expect(await say(ada("discover"))).toMatchObject({ type: "offer", address: "10.77.0.10" });
    expect(await history("10.77.0.10")).toEqual([]);
    const taken = { requested: "10.77.0.10", server: serverAddress };
    expect(await say(ada("request", taken))).toMatchObject({ type: "ack" });
    expect(asked).toEqual(["10.77.0.10"]);
  });

  test.each([
    "in-use",
    "silent",
  ] as const)("an address of our own wire that is %s is passed over", async (result) => {
    const { probe } = network({ "10.77.0.10": result });
    const { say } = await dhcpService({ subnets: [probed], probe });
    await say(ada("discover"));
    await say(ada("discover"));
    expect(await say(ada("discover"))).toMatchObject({ address: "10.77.0.11" });
  });

  test("an address behind a router that says nothing is nobody's: few routers tell that a host is missing", async () => {
    const { probe } = network({ "10.78.0.10": "silent" });
    const { say } = await dhcpService({ subnets: [far], probe });
    await say(ada("discover", behind));
    expect(await say(ada("discover", behind))).toMatchObject({ address: "10.78.0.10" });
  });

  test("but while the log is fenced, silence is somebody there too", async () => {
    const { probe } = network({ "10.78.0.10": "silent" });
    const { say, flags } = await dhcpService({ subnets: [far], probe });
    flags.fenced = true;
    await say(ada("discover", behind));
    await say(ada("discover", behind));
    expect(await say(ada("discover", behind))).toMatchObject({ address: "10.78.0.11" });
  });

  test("an address that the client has is not asked about", async () => {
    const { probe, asked } = network({});
    const service = await dhcpService({ subnets: [probed], probe });
    await service.say(ada("discover"));
    const address = await lease(service);
    service.advance(600_000);
    expect(await service.say(ada("discover"))).toMatchObject({ address });
    expect(await service.say(ada("request", { ciaddr: address }))).toMatchObject({ type: "ack" });
    expect(asked).toEqual([address]);
  });
});

describe("a reserved address at which somebody else is, in a subnet that asks before it offers,", () => {
  const reserved = ip("10.77.0.200");
  const mine = "52:54:00:77:00:01";

  test("does not keep its client from another one, nor from renewing that", async () => {
    const { probe } = network({ [reserved]: "in-use" });
    const service = await dhcpService({ subnets: [probed], probe });
    await service.reserve(reserved, mine);
    await service.say(ada("discover"));
    await service.say(ada("discover"));
    const address = await lease(service);
    expect(address).toBe("10.77.0.10");
    service.advance(hourMs / 2);
    const renewing = ada("request", { ciaddr: address });
    expect(await service.say(renewing)).toMatchObject({ type: "ack" });
    expect(await service.say(renewing)).toMatchObject({ type: "ack" });
  });

  test("is moved to as soon as nobody is found there", async () => {
    const { probe } = network({});
    const service = await dhcpService({ subnets: [probed], probe });
    await service.say(ada("discover"));
    const address = await lease(service);
    await service.reserve(reserved, mine);
    const renewing = ada("request", { ciaddr: address });
    expect(await service.say(renewing)).toMatchObject({ type: "ack" });
    expect(await service.say(renewing)).toEqual({ type: "nak" });
    expect(await lease(service)).toBe(reserved);
  });
});
