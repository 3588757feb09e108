import { describe, expect, test } from "vitest";
import { ada, bob, dhcpService, hourMs, ip, lab, lease } from "./support.ts";

const single = { ...lab, ranges: [{ first: ip("10.77.0.10"), last: ip("10.77.0.10") }] };
const yearMs = 365 * 24 * hourMs;

describe("after the clock was set back", () => {
  test("a client that renews gets a lease as long as any, however far ahead the old one ends", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    service.advance(-yearMs);
    service.flags.clockSuspect = true;
    expect(await service.say(ada("request", { ciaddr: address }))).toMatchObject({ leaseSeconds: 3600 });
    expect(await service.history(address)).toEqual(["LeaseGranted", "LeaseRenewed"]);
    service.advance(hourMs + 60_000);
    service.flags.clockSuspect = false;
    await service.service.expiry.run();
    expect((await service.history(address)).at(-1)).toBe("LeaseExpired");
  });

  test("by less than a minute, a client that asks again gets no more than a whole lease, and no event", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    service.advance(-5_000);
    expect(await service.say(ada("request", { ciaddr: address }))).toMatchObject({ leaseSeconds: 3600 });
    expect(await service.history(address)).toEqual(["LeaseGranted"]);
  });

  test("an address that was offered and not taken is free for others at once", async () => {
    const { say, advance } = await dhcpService({ subnets: [single] });
    await say(ada("discover"));
    expect(await say(bob("discover"))).toBe("silence");
    advance(-hourMs);
    expect(await say(bob("discover"))).toMatchObject({ address: "10.77.0.10" });
  });

  test("what a probe found is not believed for longer than it was to be", async () => {
    const answers = ["in-use", "free"] as const;
    let asked = 0;
    const probe = async () => answers[asked++] ?? "free";
    const { say, advance } = await dhcpService({ subnets: [{ ...single, probeBeforeOffer: true }], probe });
    await say(ada("discover"));
    expect(await say(ada("discover"))).toBe("silence");
    advance(-hourMs);
    await say(ada("discover"));
    expect(await say(ada("discover"))).toMatchObject({ address: "10.77.0.10" });
    expect(asked).toBe(2);
  });
});
