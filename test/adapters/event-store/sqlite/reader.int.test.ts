import { describe, expect, test } from "vitest";
import { openLogReader } from "../../../../src/adapters/event-store/sqlite/open-reader.ts";
import { createSqliteEventStore } from "../../../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import type { EventFilter } from "../../../../src/domain/ports/event-store.ts";
import { events, follow, numbered, readWhole } from "../../../contracts/event-store.support.ts";
import { afterwards } from "../../../support/afterwards.ts";
import { commit, openTestLog, serveTestLog, temporaryDirectory } from "./support.ts";

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

describe("looking for events of few streams in a long log", () => {
  const access: EventFilter = { categories: ["access", "accessrole"] };

  test.each<[EventFilter, readonly string[]]>([
    [access, ["access-1", "accessrole-1", "access-2", "access-1", "access-1"]],
    [{ categories: ["accessrole"] }, ["accessrole-1"]],
    [{ ...access, types: ["Rare"] }, ["access-1"]],
    [{ streams: ["access-1", "access-3"] }, ["access-1", "access-1", "access-1"]],
    [{ ...access, streams: ["access-2", "network"] }, ["access-2"]],
    [{ categories: ["acces"] }, []],
    [{ categories: ["access"], types: ["Common"] }, []],
  ])("finds those of %j on one page, in the order of the log", async (filter, streams) => {
    const { store } = openMixed();
    const page = await store.readAll({ after: undefined, limit: 100, filter });
    expect(page.events.map(({ stream }) => stream)).toEqual(streams);
    expect(page).toMatchObject({ position: await store.head(), caughtUp: true });
  });

  test("goes on where the limit cut a page short, and looks only behind where it is told to", async () => {
    const { store } = openMixed();
    const first = await store.readAll({ after: undefined, limit: 2, filter: access });
    expect(first.events.map(({ stream }) => stream)).toEqual(["access-1", "accessrole-1"]);
    expect(first).toMatchObject({ position: first.events[1]?.position, caughtUp: false });
    const second = await store.readAll({ after: first.position, limit: 100, filter: access });
    expect(second.events.map(({ stream }) => stream)).toEqual(["access-2", "access-1", "access-1"]);
    expect(second).toMatchObject({ position: await store.head(), caughtUp: true });
  });

  test("goes through the log when the streams are many, or long", async () => {
    const { store, log } = openMixed();
    const long = await store.readAll({
      after: undefined,
      limit: 1,
      filter: { categories: ["network"], types: ["Rare"] },
    });
    expect(long).toMatchObject({ events: [], caughtUp: false });
    for (let n = 0; n < 300; n++) commit(log, `name-${n}`, [numbered(n)]);
    const filter = { categories: ["name"] };
    const many = await store.readAll({ after: undefined, limit: 1_000, filter });
    expect(many).toMatchObject({ events: [], caughtUp: false });
    expect(await readWhole(store, filter)).toHaveLength(300);
  });

  function openMixed() {
    const log = openTestLog(temporaryDirectory());
    commit(log, "access-1", [numbered(1)]);
    commit(log, "accessrole-1", [numbered(2)]);
    commit(log, "access-2", [numbered(3)]);
    for (let n = 0; n < 11; n++) commit(log, "network", events(1_001));
    commit(log, "access-1", [numbered(4, "Rare"), numbered(5)]);
    commit(log, "system", [numbered(6)]);
    return { log, store: createSqliteEventStore(serveTestLog(log).connect()) };
  }
});

function open() {
  const directory = temporaryDirectory();
  const log = openTestLog(directory);
  for (let n = 0; n < 10; n++) commit(log, "network", events(1_001));
  commit(log, "network", [numbered(1, "Rare")]);
  return { directory, log, store: createSqliteEventStore(serveTestLog(log).connect()) };
}
