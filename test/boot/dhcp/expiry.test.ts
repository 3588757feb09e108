import { describe, expect, test } from "vitest";
import { EventStoreError } from "../../../src/domain/ports/event-store.ts";
import { ada, bob, cyd, dhcpService, hourMs, lab, lease, serverAddress } from "./support.ts";

describe("a lease that nobody renews", () => {
  test("ends 60 seconds after its time, with one event of the service's own", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    const { expiry, macAt } = service.service;
    service.advance(hourMs + 59_999);
    expect(await expiry.run()).toBe(0);
    service.advance(1);
    expect(await expiry.run()).toBe(1);
    expect(await expiry.run()).toBe(0);
    const events = await service.log.readStream(`address-${address}`);
    expect(events.at(-1)).toMatchObject({
      type: "LeaseExpired",
      meta: { actor: "system", source: "system" },
    });
    expect(macAt(address as never)).toBeUndefined();
  });

  test("that was renewed ends later", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    service.advance(hourMs / 2);
    await service.say(ada("request", { ciaddr: address }));
    service.advance(hourMs / 2 + 60_000);
    expect(await service.service.expiry.run()).toBe(0);
    service.advance(hourMs / 2);
    expect(await service.service.expiry.run()).toBe(1);
  });

  test("is given to others after those that were free for longer", async () => {
    const few = { ...lab, ranges: [{ first: "10.77.0.10", last: "10.77.0.11" }] } as never;
    const service = await dhcpService({ subnets: [few] });
    const first = await lease(service, ada);
    service.advance(1_000);
    const second = await lease(service, bob);
    service.advance(hourMs + 61_000);
    await service.service.expiry.run();
    expect([first, second]).toEqual(["10.77.0.10", "10.77.0.11"]);
    expect(await service.say(cyd("discover"))).toMatchObject({ address: first });
  });
});

describe("a lapsed lease", () => {
  test("does not end while the clock is suspect", async () => {
    const service = await dhcpService();
    await lease(service);
    service.flags.clockSuspect = true;
    service.advance(100 * hourMs);
    expect(await service.service.expiry.run()).toBe(0);
    service.flags.clockSuspect = false;
    expect(await service.service.expiry.run()).toBe(1);
  });

  test("is left to the process that leads, and ended here once this one does", async () => {
    const service = await dhcpService();
    const { expiry } = service.service;
    await lease(service);
    service.flags.leads = false;
    service.advance(2 * hourMs);
    expect(await expiry.run()).toBe(0);
    service.flags.leads = true;
    service.advance(9_999);
    expect(await expiry.run()).toBe(0);
    service.advance(1);
    expect(await expiry.run()).toBe(1);
    expect(expiry.counters).toEqual({ expired: 1, failed: 0 });
  });

  test("is tried again when the log took nothing", async () => {
    let isBroken = false;
    const service = await dhcpService({
      store: (log) => ({
        ...log,
        append: (...batch) =>
          isBroken ? Promise.reject(new EventStoreError("LOG_READ_ONLY", "disk full")) : log.append(...batch),
      }),
    });
    const { expiry } = service.service;
    await lease(service);
    service.advance(2 * hourMs);
    isBroken = true;
    await expiry.run();
    expect(expiry.counters).toEqual({ expired: 0, failed: 1 });
    isBroken = false;
    service.advance(10_000);
    await expiry.run();
    expect(expiry.counters).toEqual({ expired: 1, failed: 1 });
  });
});

describe("a lapsed lease whose address keeps changing elsewhere", () => {
  test("is tried again, and counted when it ends", async () => {
    let isContended = false;
    const service = await dhcpService({
      store: (log) => ({
        ...log,
        append: async (...batch) =>
          isContended ? { outcome: "conflict", actualRevision: 0 } : log.append(...batch),
      }),
    });
    const { expiry } = service.service;
    const address = await lease(service);
    service.advance(2 * hourMs);
    isContended = true;
    await expiry.run();
    expect(expiry.counters).toEqual({ expired: 0, failed: 1 });
    isContended = false;
    service.advance(10_000);
    await expiry.run();
    expect(expiry.counters).toEqual({ expired: 1, failed: 1 });
    expect(await service.history(address)).toEqual(["LeaseGranted", "LeaseExpired"]);
  });

  test("is not counted when its client renewed it meanwhile", async () => {
    const service = await dhcpService();
    const { expiry } = service.service;
    const address = await lease(service);
    service.advance(2 * hourMs);
    const renewing = service.say(ada("request", { ciaddr: address }));
    await Promise.all([expiry.run(), renewing]);
    expect(await service.history(address)).toEqual(["LeaseGranted", "LeaseRenewed"]);
    expect(expiry.counters).toEqual({ expired: 0, failed: 0 });
  });
});

describe("a quarantine that passed", () => {
  test("makes the address available again, without an event", async () => {
    const one = { ...lab, ranges: [{ first: "10.77.0.10", last: "10.77.0.10" }] } as never;
    const service = await dhcpService({ subnets: [one] });
    const address = await lease(service);
    await service.say(ada("decline", { requested: address, server: serverAddress }));
    expect(await service.say(bob("discover"))).toBe("silence");
    service.advance(hourMs);
    expect(await service.service.expiry.run()).toBe(0);
    expect(await service.say(bob("discover"))).toMatchObject({ address });
    expect(await service.history(address)).toEqual(["LeaseGranted", "AddressDeclined"]);
  });
});

describe("a restart", () => {
  test("knows the leases of the log, and ends them in their time", async () => {
    const before = await dhcpService();
    const address = await lease(before);
    const after = await dhcpService({ store: () => before.log });
    for (const event of (await before.log.readAll({ after: undefined, limit: 100 })).events) {
      after.service.apply(event);
      after.service.apply(event);
    }
    expect(after.service.macAt(address as never)).toBe("52:54:00:77:00:01");
    expect(await after.say(bob("discover", { requested: address }))).toMatchObject({ address: "10.77.0.11" });
    after.advance(hourMs + 60_000);
    expect(await after.service.expiry.run()).toBe(1);
  });
});
