import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { EventStore, LogPage } from "../../src/domain/ports/event-store.ts";
import { type CreateStore, events, follow, numbered, readWhole, write } from "./event-store.support.ts";

export function subscribingContract(create: CreateStore): void {
  following(create);
  ending(create);
  seam(create);
}

function following(create: CreateStore): void {
  test("tells at once that an empty log is read to its end", async () => {
    const store = await create();
    const { pages, stop } = open(store);
    expect(await pages.next()).toMatchObject({ value: { events: [], position: undefined, caughtUp: true } });
    await stop();
  });

  test("catches up, then follows", async () => {
    const store = await create();
    await write(store, "machine-1", events(3));
    const { pages, stop } = open(store);
    expect(await numbersOf(pages.next())).toEqual([1, 2, 3]);
    const live = pages.next();
    await write(store, "machine-2", [numbered(4)]);
    expect(await numbersOf(live)).toEqual([4]);
    await stop();
  });

  test("starts after a position", async () => {
    const store = await create();
    await write(store, "machine-1", events(2));
    const head = await store.head();
    await write(store, "machine-1", [numbered(3)]);
    const seen = await follow(store, { count: 1, ...(head && { after: head }) });
    expect(seen.map(({ data }) => data)).toEqual([{ n: 3 }]);
  });

  test("lets a slow reader be behind, and loses nothing", async () => {
    const store = await create();
    const { pages, stop } = open(store);
    await pages.next();
    for (let n = 1; n <= 30; n++) await write(store, "machine-1", [numbered(n)]);
    expect(await numbersOf(pages.next())).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
    await stop();
  });

  test("gives a filtered reader its events, and positions to go on from at the end of the log", async () => {
    const store = await create();
    await write(store, "machine-1", [numbered(1, "Wanted"), numbered(2)]);
    const { pages, stop } = open(store, { types: ["Wanted"] });
    const first = await pages.next();
    expect(first.value).toMatchObject({
      events: [{ data: { n: 1 } }],
      position: await store.head(),
      caughtUp: true,
    });
    const second = pages.next();
    await write(store, "machine-1", [numbered(3)]);
    expect((await second).value).toMatchObject({ events: [], position: await store.head(), caughtUp: true });
    await stop();
  });
}

function ending(create: CreateStore): void {
  test("ends when it is aborted while it waits", async () => {
    const store = await create();
    const { pages, abort } = open(store);
    await pages.next();
    const waiting = pages.next();
    abort();
    expect(await waiting).toMatchObject({ done: true });
  });

  test("ends at once when it was aborted before", async () => {
    const store = await create();
    await write(store, "machine-1", events(1));
    const { pages, abort } = open(store);
    abort();
    expect(await pages.next()).toMatchObject({ done: true });
  });

  test("ends when its reader returns while it waits", async () => {
    const store = await create();
    const { pages } = open(store);
    await pages.next();
    const waiting = pages.next();
    await pages.return?.();
    expect(await waiting).toMatchObject({ done: true });
  });

  test("ends when the store closes", async () => {
    const store = await create();
    const { pages } = open(store);
    await pages.next();
    const waiting = pages.next();
    await store.close();
    expect(await waiting).toMatchObject({ done: true });
  });
}

function seam(create: CreateStore): void {
  test("loses nothing and doubles nothing while many append", async () => {
    const store = await create();
    const [writers, each] = [8, 60];
    const appending = Array.from({ length: writers }, (_, writer) =>
      appendMany(store, `machine-${writer}`, each),
    );
    const subscribers = Array.from({ length: 4 }, () => follow(store, { count: writers * each }));
    await Promise.all(appending);
    const ids = (await readWhole(store)).map(({ id }) => id);
    expect(ids).toHaveLength(writers * each);
    for (const seen of await Promise.all(subscribers)) expect(seen.map(({ id }) => id)).toEqual(ids);
  });

  test("gives the same events from wherever it starts, however appends are cut", async () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.nat(), async (sizes, start) => {
        const store = await create();
        const before = sizes.slice(0, start % sizes.length);
        for (const size of before) await write(store, "machine-1", events(size));
        const after = await store.head();
        const expected = sizes.slice(before.length).reduce((sum, size) => sum + size, 0);
        const seen = follow(store, { count: expected, ...(after && { after }) });
        for (const size of sizes.slice(before.length)) await write(store, "machine-2", events(size));
        expect((await seen).map(({ revision }) => revision)).toEqual(
          Array.from({ length: expected }, (_, n) => n),
        );
        await store.close();
      }),
      { numRuns: 10 },
    );
  });
}

async function appendMany(store: EventStore, stream: string, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await write(store, stream, [numbered(n)]);
}

function open(store: EventStore, filter?: { readonly types: readonly string[] }) {
  const controller = new AbortController();
  const subscription = { after: undefined, signal: controller.signal, ...(filter && { filter }) };
  const pages = store.subscribe(subscription)[Symbol.asyncIterator]();
  return {
    pages,
    abort: () => controller.abort(),
    async stop() {
      controller.abort();
      expect(await pages.next()).toMatchObject({ done: true });
    },
  };
}

async function numbersOf(next: Promise<IteratorResult<LogPage>>): Promise<readonly number[]> {
  const { value } = (await next) as { value: LogPage };
  return value.events.map(({ data }) => (data as { n: number }).n);
}
