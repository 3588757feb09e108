import { describe, expect, test } from "vitest";
import { createMemoryEventStore } from "../../../src/adapters/event-store/memory/memory-event-store.ts";
import { sharedTail } from "../../../src/adapters/event-store/shared-tail.ts";
import type { EventReader, EventStore, LogPage } from "../../../src/domain/ports/event-store.ts";
import { eventStoreContract } from "../../contracts/event-store.contract.ts";
import { dice, record } from "../../support/history.ts";
import { samples } from "../../support/samples.ts";

eventStoreContract(async (clock = () => new Date("2026-01-01T00:00:00Z")) => {
  return sharedTail(createMemoryEventStore(clock));
});

const chance = dice(11);
const stream = "boot-52:54:00:00:00:11";

async function happen(store: EventStore, count: number): Promise<void> {
  const events = Array.from({ length: count }, () => samples.BootFileServed);
  await record(store, { stream, events }, chance);
}

/** A log, and how many follow it now. */
function watchedStore() {
  const store = createMemoryEventStore(() => new Date());
  let open = 0;
  const watched: EventReader = {
    ...store,
    subscribe: (subscription) => ({
      async *[Symbol.asyncIterator]() {
        open++;
        try {
          yield* store.subscribe(subscription);
        } finally {
          open--;
        }
      },
    }),
  };
  return { store, watched, open: () => open };
}

/** Somebody who follows, and takes a page when told to. */
function follower(reader: EventReader, filter?: { readonly types: readonly string[] }) {
  const stop = new AbortController();
  const pages = reader
    .subscribe({ after: undefined, signal: stop.signal, ...(filter && { filter }) })
    [Symbol.asyncIterator]();
  return {
    stop: () => stop.abort(),
    async take(): Promise<LogPage> {
      const { value, done } = await pages.next();
      if (done) throw new Error("the subscription ended");
      return value;
    },
  };
}

/** Two who follow through the tail. */
async function twoInTail({ store, watched }: ReturnType<typeof watchedStore>) {
  const reader = sharedTail(watched);
  const [slow, fast] = [follower(reader), follower(reader)];
  for (const each of [slow, fast]) await each.take();
  const pages = [slow, fast].map((each) => each.take());
  await happen(store, 1);
  await Promise.all(pages);
  return { slow, fast };
}

describe("following a log through a shared tail", () => {
  test("follows it once, however many follow", async () => {
    const { store, watched, open } = watchedStore();
    await happen(store, 3);
    const reader = sharedTail(watched);
    const followers = Array.from({ length: 20 }, () => follower(reader));
    for (const each of followers) expect((await each.take()).events).toHaveLength(3);
    const next = followers.map((each) => each.take());
    await happen(store, 2);
    const pages = await Promise.all(next);
    expect(pages.map(({ events }) => events.length)).toEqual(followers.map(() => 2));
    expect(new Set(pages.flatMap(({ events }) => events)).size).toBe(2);
    expect(open()).toBe(1);
  });

  test("stops to follow it with the last of them", async () => {
    const { store, watched, open } = watchedStore();
    await happen(store, 1);
    const reader = sharedTail(watched);
    const followers = [follower(reader), follower(reader)];
    for (const each of followers) await each.take();
    const waiting = followers.map((each) => each.take().catch(() => "ended"));
    for (const each of followers) each.stop();
    expect(await Promise.all(waiting)).toEqual(["ended", "ended"]);
    expect(open()).toBe(0);
  });

  test("lets each filter through what it names", async () => {
    const { store, watched } = watchedStore();
    const reader = sharedTail(watched);
    const served = follower(reader, { types: ["BootFileServed"] });
    const refused = follower(reader, { types: ["BootRefused"] });
    for (const each of [served, refused]) await each.take();
    await happen(store, 2);
    expect((await served.take()).events).toHaveLength(2);
    const page = await refused.take();
    expect(page).toEqual({ events: [], position: await store.head(), caughtUp: true });
  });

  test("gathers what comes shortly after a page into the next one", async () => {
    const { store, watched } = watchedStore();
    const reader = sharedTail(watched, { pauseMsMax: 500 });
    const one = follower(reader);
    await one.take();
    const first = one.take();
    await happen(store, 500);
    expect((await first).events).toHaveLength(500);
    const next = one.take();
    for (let n = 0; n < 5; n++) await happen(store, 1);
    expect((await next).events).toHaveLength(5);
    one.stop();
  });
});

describe("falling behind a shared tail", () => {
  test("gives one who is too slow for the tail everything all the same", async () => {
    const watched = watchedStore();
    const { store } = watched;
    const { slow, fast } = await twoInTail(watched);
    const positions: string[] = [];
    for (let batch = 0; batch < 30; batch++) {
      await happen(store, 100);
      positions.push(...(await fast.take()).events.map(({ position }) => position));
    }
    const late: string[] = [];
    while (late.length < 3_000) late.push(...(await slow.take()).events.map(({ position }) => position));
    expect(late).toEqual(positions);
  });

  test("does not read on before one who is a little behind has taken what it keeps", async () => {
    const watched = watchedStore();
    const { store, open } = watched;
    const { slow, fast } = await twoInTail(watched);
    for (let page = 0; page < 2; page++) {
      await happen(store, 600);
      expect((await fast.take()).events).toHaveLength(600);
    }
    await happen(store, 600);
    const third = fast.take();
    expect((await slow.take()).events).toHaveLength(1_200);
    expect(await third).toEqual(await slow.take());
    expect(open()).toBe(1);
  });

  test("gives one in the middle of a page the rest of it", async () => {
    const { store, watched } = watchedStore();
    const reader = sharedTail(watched);
    const [first, second] = [follower(reader), follower(reader)];
    await first.take();
    await happen(store, 1);
    await second.take();
    await happen(store, 2);
    expect((await first.take()).events).toHaveLength(3);
    expect((await second.take()).events).toHaveLength(2);
  });
});
