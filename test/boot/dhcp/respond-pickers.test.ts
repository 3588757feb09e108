import { describe, expect, test } from "vitest";
import { networkCodec } from "../../../src/domain/network/events.ts";
import { ada, bob, client, cyd, dhcpService, hourMs, ip, lab, lease, mac, serverAddress } from "./support.ts";

const dan = client(mac("52:54:00:77:00:04"));

async function give(picker: (typeof lab)["picker"], exclusions: (typeof lab)["exclusions"] = []) {
  const service = await dhcpService({ subnets: [{ ...lab, picker, exclusions }] });
  return {
    ...service,
    release: (who: typeof ada, address: string) =>
      service.say(who("release", { ciaddr: address, server: serverAddress })),
  };
}

describe("the picker `next-free`", () => {
  test("gives the lowest free address, whatever the client would like", async () => {
    const service = await give("next-free");
    expect(await lease(service, ada, { requested: "10.77.0.15" })).toBe("10.77.0.10");
    expect(await lease(service, bob)).toBe("10.77.0.11");
    expect(await lease(service, cyd)).toBe("10.77.0.12");
    await service.release(bob, "10.77.0.11");
    await service.release(ada, "10.77.0.10");
    expect(await lease(service, dan)).toBe("10.77.0.10");
  });

  test("gives a client its last address again while nobody else has it", async () => {
    const service = await give("next-free");
    await lease(service, ada);
    await lease(service, bob);
    await service.release(ada, "10.77.0.10");
    await service.release(bob, "10.77.0.11");
    expect(await lease(service, bob)).toBe("10.77.0.11");
  });

  test("comes back to what was offered and not taken", async () => {
    const service = await give("next-free");
    await service.say(ada("discover"));
    expect(await service.say(bob("discover"))).toMatchObject({ address: "10.77.0.11" });
    service.advance(30_000);
    expect(await service.say(cyd("discover"))).toMatchObject({ address: "10.77.0.10" });
  });
});

describe("the picker `least-recently-used`", () => {
  test("gives addresses that were never used, then those that were given back the longest ago", async () => {
    const service = await give("least-recently-used");
    expect(await lease(service, ada, { requested: "10.77.0.15" })).toBe("10.77.0.10");
    expect(await lease(service, bob)).toBe("10.77.0.11");
    await service.release(bob, "10.77.0.11");
    service.advance(60_000);
    await service.release(ada, "10.77.0.10");
    for (let n = 2; n < 10; n++) {
      expect(await lease(service, client(mac(`52:54:00:77:03:0${n}`)))).toBe(`10.77.0.1${n}`);
    }
    expect(await lease(service, cyd)).toBe("10.77.0.11");
    expect(await lease(service, dan)).toBe("10.77.0.10");
  });
});

describe("an excluded address", () => {
  const exclusions = [{ first: ip("10.77.0.10"), last: ip("10.77.0.18") }];

  test("is not handed out, not even to who asks for it", async () => {
    const service = await give("hint", exclusions);
    expect(await lease(service, ada, { requested: "10.77.0.12" })).toBe("10.77.0.19");
    expect(await service.say(bob("discover", { requested: "10.77.0.12" }))).toBe("silence");
    expect(await service.say(bob("request", { requested: "10.77.0.12", server: serverAddress }))).toEqual({
      type: "nak",
    });
  });

  test("goes to whom it is reserved for", async () => {
    const service = await give("hint", exclusions);
    await service.reserve(ip("10.77.0.12"), "52:54:00:77:00:01");
    expect(await lease(service, ada)).toBe("10.77.0.12");
  });

  test("stays with the client whose lease runs, and is nobody's after that", async () => {
    const service = await give("hint");
    expect(await lease(service, ada)).toBe("10.77.0.10");
    const changed = { type: "SubnetChanged", data: { subnet: { ...lab, exclusions } } } as const;
    await service.happened("network", networkCodec.write(changed));
    service.advance(hourMs / 2);
    expect(await service.say(ada("request", { ciaddr: "10.77.0.10" }))).toMatchObject({ leaseSeconds: 3600 });
    expect(await service.say(ada("discover"))).toMatchObject({ address: "10.77.0.10" });
    await service.release(ada, "10.77.0.10");
    expect(await service.say(ada("discover"))).toMatchObject({ address: "10.77.0.19" });
  });
});

describe("the threshold of a subnet", () => {
  test.each([
    [0, 1, "an event at once"],
    [0.5, 1_700, "no event before its half"],
  ])("of %s: a renewal after %s seconds is %s", async (cacheThreshold, seconds) => {
    const service = await dhcpService({ subnets: [{ ...lab, cacheThreshold }] });
    const address = await lease(service);
    service.advance(seconds * 1_000);
    await service.say(ada("request", { ciaddr: address }));
    expect(await service.history(address)).toEqual(
      cacheThreshold === 0 ? ["LeaseGranted", "LeaseRenewed"] : ["LeaseGranted"],
    );
  });
});
