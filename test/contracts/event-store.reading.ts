import { describe, expect, test } from "vitest";
import type { EventFilter, EventStore, Position, StreamSlice } from "../../src/domain/ports/event-store.ts";
import { type CreateStore, events, numbered, readWhole, write } from "./event-store.support.ts";

export function readingContract(create: CreateStore): void {
  streams(create);
  describe("pages", () => pages(create));
  describe("filters", () => filters(create));
  describe("positions", () => positions(create));
}

function streams(create: CreateStore): void {
  test("finds a stream that was never written empty", async () => {
    const store = await create();
    expect(await store.readStream("machine-1")).toEqual([]);
    expect(await store.readStream("machine-1", { newestOnly: true })).toEqual([]);
  });

  test("gives a stream's events in order, and none of others", async () => {
    const store = await create();
    await write(store, "machine-1", [numbered(1)]);
    await write(store, "machine-10", [numbered(2)]);
    await write(store, "machine-1", [numbered(3)]);
    const recorded = await store.readStream("machine-1");
    expect(recorded.map(({ data }) => data)).toEqual([{ n: 1 }, { n: 3 }]);
  });

  test("starts a stream where it is told to", async () => {
    const store = await create();
    await write(store, "machine-1", events(3));
    const numbers = async (slice: Parameters<EventStore["readStream"]>[1]) =>
      (await store.readStream("machine-1", slice)).map(({ revision }) => revision);
    expect(await numbers({ from: 1 })).toEqual([1, 2]);
    expect(await numbers({ from: 3 })).toEqual([]);
    expect(await numbers({ newestOnly: true })).toEqual([2]);
    expect(await numbers({ newestOnly: true, from: 3 })).toEqual([]);
  });

  test("gives no more of a stream than it is asked for", async () => {
    const store = await create();
    await write(store, "machine-1", events(1_200));
    const revisions = async (slice: StreamSlice) =>
      (await store.readStream("machine-1", slice)).map(({ revision }) => revision);
    expect(await revisions({ limit: 1 })).toEqual([0]);
    expect(await revisions({ from: 1_000, limit: 2 })).toEqual([1_000, 1_001]);
    expect(await revisions({ from: 1_199, limit: 2 })).toEqual([1_199]);
    expect(await revisions({ from: 1_200, limit: 2 })).toEqual([]);
    expect(await revisions({ limit: 1, newestOnly: true })).toEqual([1_199]);
    // More than a page, a page, and all.
    for (const limit of [1_001, 1_000, 1_200]) expect(await revisions({ limit })).toHaveLength(limit);
  });

  test("gives all of a stream that is longer than a page", async () => {
    const store = await create();
    await write(store, "network", events(2_500));
    const recorded = await store.readStream("network");
    expect(recorded.map(({ revision }) => revision)).toEqual(Array.from({ length: 2_500 }, (_, n) => n));
  });
}

function pages(create: CreateStore): void {
  test("of an empty log are empty and have no position", async () => {
    const store = await create();
    const page = await store.readAll({ after: undefined, limit: 10 });
    expect(page).toEqual({ events: [], position: undefined, caughtUp: true });
    expect(await store.head()).toBeUndefined();
  });

  test("follow each other without loss or repetition", async () => {
    const store = await create();
    await write(store, "machine-1", events(2));
    await write(store, "machine-2", events(3));
    const first = await store.readAll({ after: undefined, limit: 2 });
    const second = await store.readAll({ after: first.position, limit: 2 });
    const third = await store.readAll({ after: second.position, limit: 2 });
    const all = [first, second, third].flatMap((page) =>
      page.events.map(({ stream, revision }) => [stream, revision]),
    );
    expect(all).toEqual([
      ["machine-1", 0],
      ["machine-1", 1],
      ["machine-2", 0],
      ["machine-2", 1],
      ["machine-2", 2],
    ]);
    expect([first, second, third].map(({ caughtUp }) => caughtUp)).toEqual([false, false, true]);
    expect(third.position).toBe(await store.head());
  });

  test("give each event the position that its append was answered with", async () => {
    const store = await create();
    const result = await write(store, "machine-1", events(2));
    const page = await store.readAll({ after: undefined, limit: 10 });
    expect(result).toMatchObject({ position: page.events.at(-1)?.position });
    expect(await store.head()).toBe(page.events.at(-1)?.position);
  });

  test("at the end are empty and stay where they are", async () => {
    const store = await create();
    await write(store, "machine-1", events(1));
    const head = await store.head();
    const page = await store.readAll({ after: head, limit: 10 });
    expect(page).toEqual({ events: [], position: head, caughtUp: true });
  });

  test.each([0, 1_001, 1.5])("have 1 to 1,000 events, not %s", async (limit) => {
    const store = await create();
    await expect(store.readAll({ after: undefined, limit })).rejects.toThrow(RangeError);
  });
}

function filters(create: CreateStore): void {
  async function createWithFour() {
    const store = await create();
    await write(store, "machine-1", [numbered(1, "MachineDiscovered")]);
    await write(store, "machine-2", [numbered(2, "MachineRetired")]);
    await write(store, "network", [numbered(3, "SubnetDefined")]);
    await write(store, "machine-1", [numbered(4, "MachineRetired")]);
    return store;
  }

  test.each<[EventFilter, number[]]>([
    [{}, [1, 2, 3, 4]],
    [{ categories: ["machine"] }, [1, 2, 4]],
    [{ categories: ["network", "system"] }, [3]],
    [{ streams: ["machine-1"] }, [1, 4]],
    [{ types: ["MachineRetired", "SubnetDefined"] }, [2, 3, 4]],
    [{ categories: ["machine"], types: ["MachineRetired"] }, [2, 4]],
    [{ streams: ["machine-2"], types: ["SubnetDefined"] }, []],
    [{ types: [] }, []],
  ])("%j lets through what meets all conditions", async (filter, expected) => {
    const store = await createWithFour();
    const recorded = await readWhole(store, filter);
    expect(recorded.map(({ data }) => (data as { n: number }).n)).toEqual(expected);
  });

  test("move the position past what they leave out", async () => {
    const store = await createWithFour();
    const page = await store.readAll({ after: undefined, limit: 10, filter: { types: ["SubnetDefined"] } });
    expect(page.events).toHaveLength(1);
    expect(page).toMatchObject({ position: await store.head(), caughtUp: true });
  });

  test("do not move the position past what the limit left out", async () => {
    const store = await createWithFour();
    const filter = { types: ["MachineRetired"] };
    const page = await store.readAll({ after: undefined, limit: 1, filter });
    const rest = await store.readAll({ after: page.position, limit: 1, filter });
    expect([page, rest].map(({ events: [event] }) => event?.stream)).toEqual(["machine-2", "machine-1"]);
    expect([page.caughtUp, rest.caughtUp]).toEqual([false, true]);
  });
}

function positions(create: CreateStore): void {
  test("order as text as the log does", async () => {
    const store = await create();
    await write(store, "machine-1", events(40));
    const read = (await readWhole(store)).map(({ position }) => position);
    expect([...read].sort()).toEqual(read);
    expect(new Set(read).size).toBe(40);
  });

  const strange: readonly [string, (position: Position) => Position][] = [
    ["is garbage", () => "yesterday"],
    ["is empty", () => ""],
    ["is of another log", (position) => `${flipped(position.slice(0, 1))}${position.slice(1)}`],
    [
      "is of another incarnation",
      (position) => position.replace(/\.(.)/, (_, digit) => `.${flipped(digit)}`),
    ],
    ["is beyond the end", (position) => position.replace(/.$/, flipped)],
    ["is far beyond the end", (position) => position.replace(/[^.]+$/, "f".repeat(16))],
    ["is before the first", (position) => position.replace(/[^.]+$/, "0".repeat(16))],
    ["is written in another way", (position) => position.toUpperCase().replace(/^/, " ")],
  ];
  test.each(strange)("are refused when one %s", async (_what, spoil) => {
    const store = await create();
    await write(store, "machine-1", events(1));
    const after = spoil((await store.head()) ?? "");
    await expect(store.readAll({ after, limit: 1 })).rejects.toMatchObject({ code: "POSITION_UNKNOWN" });
    const { signal } = new AbortController();
    const pagesAfter = store.subscribe({ after, signal })[Symbol.asyncIterator]();
    await expect(pagesAfter.next()).rejects.toMatchObject({ code: "POSITION_UNKNOWN" });
  });
}

/** Another hex digit, and a larger one for all but the largest. */
function flipped(digit: string): string {
  return digit === "f" ? "0" : (Number.parseInt(digit, 16) + 1).toString(16);
}
