import { describe, expect, test } from "vitest";
import { createMemoryEventStore } from "../../../src/adapters/event-store/memory/memory-event-store.ts";
import { loadEvents } from "../../../src/adapters/graphql/load-events.ts";
import type { ReadAll } from "../../../src/domain/ports/event-store.ts";
import { events, write } from "../../contracts/event-store.support.ts";

/** A log of so many events, and what is read of it. */
async function longLog(length: number) {
  const store = createMemoryEventStore(() => new Date(0));
  await write(store, "machine-1", events(length));
  const recorded = await store.readStream("machine-1");
  const limits: number[] = [];
  const log = {
    ...store,
    readAll(page: ReadAll) {
      limits.push(page.limit);
      return store.readAll(page);
    },
  };
  const index = { positionBefore: (ordinal: number) => recorded[ordinal - 1]?.position };
  const at = (ordinals: readonly number[]) =>
    ordinals.map((ordinal) => ({ ordinal, id: recorded[ordinal]?.id ?? "missing" }));
  return { log, index, limits, at, idsOf: (ordinals: readonly number[]) => at(ordinals).map(({ id }) => id) };
}

describe("reading the events that an index found", () => {
  test("does not read what lies between those that are far apart", async () => {
    const { log, index, limits, at, idsOf } = await longLog(5_000);
    const ordinals = [0, 2_000, 2_001, 2_010, 4_999];
    const loaded = await loadEvents({ log, events: index }, at(ordinals));
    expect(loaded.map(({ id }) => id)).toEqual(idsOf(ordinals));
    expect(limits).toEqual([1, 11, 1]);
  });

  test("takes a page for each thousand neighbours", async () => {
    const { log, index, limits, at, idsOf } = await longLog(2_500);
    const ordinals = Array.from({ length: 2_500 }, (_, ordinal) => ordinal);
    const loaded = await loadEvents({ log, events: index }, at(ordinals));
    expect(loaded.map(({ id }) => id)).toEqual(idsOf(ordinals));
    expect(limits).toEqual([1_000, 1_000, 500]);
  });

  test("reads nothing for nothing, and names what the log lacks", async () => {
    const { log, index, limits, at } = await longLog(1);
    expect(await loadEvents({ log, events: index }, [])).toEqual([]);
    expect(limits).toEqual([]);
    await expect(loadEvents({ log, events: index }, at([0, 7]))).rejects.toThrow("1 of 2 events");
  });
});
