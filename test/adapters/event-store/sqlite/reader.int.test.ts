import { describe, expect, test } from "vitest";
import { openLogReader } from "../../../../src/adapters/event-store/sqlite/open-reader.ts";
import { createSqliteEventStore } from "../../../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import { events, follow, numbered } from "../../../contracts/event-store.support.ts";
import { afterwards, commit, openTestLog, serveTestLog, temporaryDirectory } from "./support.ts";

const filter = { types: ["Rare"] };

describe("looking for a rare event in a long log", () => {
  test("looks at 10,000 events a page, and tells how far it came", async () => {
    const { store, log } = open();
    const first = await store.readAll({ after: undefined, limit: 10, filter });
    expect(first).toMatchObject({ events: [], caughtUp: false });
    expect(first.position).toMatch(/\.0000000000002710$/);
    const second = await store.readAll({ after: first.position, limit: 10, filter });
    expect(second).toMatchObject({
      events: [{ type: "Rare" }],
      position: await store.head(),
      caughtUp: true,
    });
    expect(log.reader.head()).toBe(10_011);
  });

  test("keeps a subscriber waiting rather than telling it of every empty page", async () => {
    const { store } = open();
    const { signal } = new AbortController();
    const pages = store.subscribe({ after: undefined, filter, signal })[Symbol.asyncIterator]();
    expect(await pages.next()).toMatchObject({ value: { events: [{ type: "Rare" }], caughtUp: true } });
    await pages.return?.();
    expect(await follow(store, { count: 1, filter })).toHaveLength(1);
  });
});

test("a thread that reads by itself does its other work between two pages", async () => {
  const { log, directory } = open();
  const reader = openLogReader(directory);
  afterwards(() => reader.close());
  const store = createSqliteEventStore(serveTestLog(log).connect(), { reader });
  let turns = 0;
  let next = setImmediate(function count() {
    turns++;
    next = setImmediate(count);
  });
  expect(await follow(store, { count: 1, filter })).toHaveLength(1);
  clearImmediate(next);
  expect(turns).toBeGreaterThanOrEqual(2);
});

function open() {
  const directory = temporaryDirectory();
  const log = openTestLog(directory);
  for (let n = 0; n < 10; n++) commit(log, "network", events(1_001));
  commit(log, "network", [numbered(1, "Rare")]);
  return { directory, log, store: createSqliteEventStore(serveTestLog(log).connect()) };
}
