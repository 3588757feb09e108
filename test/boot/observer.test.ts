import { describe, expect, test } from "vitest";
import { createMemoryEventStore } from "../../src/adapters/event-store/memory/memory-event-store.ts";
import { createObserver, type ObserverOptions } from "../../src/boot/observer.ts";
import type { BootEvent } from "../../src/domain/boot/events.ts";
import { bootRefused } from "../../src/domain/boot/refusal.ts";
import { EventStoreError } from "../../src/domain/ports/event-store.ts";
import type { MacAddress } from "../../src/domain/values/mac-address.ts";
import { fakeClock, fakeIds, fakeTargets, hourMs } from "./dhcp/support.ts";

const event: BootEvent = {
  type: "PxeRequested",
  data: { client: "firmware", architecture: null, vendorClass: null, firmwareUuid: null, relay: null },
};
const served: BootEvent = {
  type: "BootFileServed",
  data: { file: "snponly.efi", protocol: "tftp", address: "10.77.0.9" as never, bytes: 1, sha256: null },
};

const refused = bootRefused({
  request: "script.ipxe",
  code: "NONCE_EXPIRED",
  message: "the script's URL is older than a quarter of an hour",
  address: "10.77.0.9" as never,
});

function macOf(index: number): MacAddress {
  const hex = index.toString(16).padStart(6, "0");
  return `52:54:00:${hex.match(/../g)?.join(":")}` as MacAddress;
}

function setUp(options: Partial<ObserverOptions> = {}) {
  const time = fakeClock();
  const newId = fakeIds();
  const store = createMemoryEventStore(time.clock);
  const { targets, known } = fakeTargets();
  const observer = createObserver({ store, targets, clock: time.clock, newId, ...options });
  return {
    ...time,
    ...observer,
    known,
    store,
    see(index: number, what = event) {
      const meta = { actor: "client", source: "dhcp", $correlationId: "c", $causationId: "c" };
      observer.observe({ mac: macOf(index), event: what, meta });
    },
    async recorded(): Promise<readonly string[]> {
      await store.head();
      const { events } = await store.readAll({ after: undefined, limit: 1000 });
      return events.map(({ stream }) => stream);
    },
  };
}

/** Takes appends, and finishes them when it is told to. */
function slowStore() {
  const store = createMemoryEventStore(() => new Date());
  const waiting: (() => void)[] = [];
  return {
    store: {
      ...store,
      append: (...batch: Parameters<typeof store.append>) =>
        new Promise<Awaited<ReturnType<typeof store.append>>>((resolve) =>
          waiting.push(() => resolve(store.append(...batch))),
        ),
    },
    finish: () => {
      for (const resume of waiting.splice(0)) resume();
    },
  };
}

describe("an observation", () => {
  test("is recorded on the interface's stream, with the id that it was given", async () => {
    const { observe, store } = setUp();
    const id = "00000000-0000-7000-8000-0000000000aa";
    const meta = { actor: "client", source: "dhcp", $correlationId: "c", $causationId: "d" };
    observe({ mac: macOf(1), id, event, meta });
    expect(await store.readStream(`boot-${macOf(1)}`)).toMatchObject([{ id, type: "PxeRequested", meta }]);
  });

  test("is dropped with a count when too many are on their way to the log", async () => {
    const { store, finish } = slowStore();
    const { see, counters } = setUp({ store, inFlightMax: 2 });
    for (let index = 0; index < 5; index++) see(index);
    expect(counters.dropped).toBe(3);
    finish();
    await expect.poll(() => counters.recorded).toBe(2);
    see(6);
    expect(counters.dropped).toBe(3);
  });

  test("that the log refuses is counted, and nothing is thrown", async () => {
    const store = createMemoryEventStore(() => new Date());
    const append = () => Promise.reject(new EventStoreError("LOG_READ_ONLY", "the disk is full"));
    const { see, counters } = setUp({ store: { ...store, append } });
    see(1);
    await expect.poll(() => counters.failed).toBe(1);
  });
});

describe("one interface", () => {
  test("is recorded with twenty refusals in an hour, and the others are counted", async () => {
    const { see, recorded, counters, advance, known } = setUp();
    known.add(macOf(1));
    for (let times = 0; times < 30; times++) see(1, refused);
    expect((await recorded()).length).toBe(20);
    expect(counters.limited).toBe(10);
    see(1, served);
    see(2, refused);
    expect((await recorded()).length).toBe(22);
    advance(hourMs);
    see(1, refused);
    expect((await recorded()).length).toBe(23);
  });

  test("is recorded up to a limit when it boots, or fetches, in circles", async () => {
    const { see, recorded, counters } = setUp({ refusalsPerHour: 1, othersPerHour: 5 });
    for (let times = 0; times < 4; times++) {
      see(1);
      see(1, served);
    }
    expect((await recorded()).length).toBe(5);
    expect(counters.limited).toBe(3);
    see(1, refused);
    expect((await recorded()).length).toBe(6);
  });
});

describe("interfaces of no machine", () => {
  test("are recorded up to the limit, then suppressed for the rest of the hour", async () => {
    const { see, isSuppressed, recorded, counters, advance } = setUp({ newStreamsPerHour: 3 });
    for (let index = 0; index < 10; index++) see(index);
    expect((await recorded()).length).toBe(3);
    expect(counters.suppressed).toBe(7);
    expect(isSuppressed(macOf(2))).toBe(false);
    expect(isSuppressed(macOf(3))).toBe(true);
    advance(hourMs);
    expect(isSuppressed(macOf(3))).toBe(false);
    see(3);
    expect((await recorded()).length).toBe(4);
  });

  test("that were admitted stay so and take no second place", async () => {
    const { see, recorded } = setUp({ newStreamsPerHour: 2 });
    for (let index = 0; index < 6; index++) see(1);
    see(2);
    expect((await recorded()).length).toBe(7);
  });

  test("are summarized in one event on the network's stream, when there is something to tell", async () => {
    const { see, summarize, store, advance, nowMs } = setUp({ newStreamsPerHour: 1 });
    summarize();
    see(1);
    see(2);
    const fromMs = nowMs();
    advance(10_000);
    see(3);
    see(3, served);
    advance(50_000);
    summarize();
    summarize();
    expect(await store.readStream("network")).toMatchObject([
      { type: "PxeRequestsSuppressed", data: { count: 2, fromMs, toMs: fromMs + 60_000 } },
    ]);
  });
});

describe("interfaces of machines", () => {
  test("are recorded whatever the limit", async () => {
    const { see, known, isSuppressed, recorded } = setUp({ newStreamsPerHour: 1 });
    for (let index = 0; index < 5; index++) known.add(macOf(index));
    for (let index = 0; index < 6; index++) see(index);
    see(7);
    expect((await recorded()).length).toBe(6);
    expect(isSuppressed(macOf(0))).toBe(false);
    expect(isSuppressed(macOf(7))).toBe(true);
  });
});
