import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { logFiles } from "../../../../src/adapters/event-store/sqlite/log-files.ts";
import { startLogThread } from "../../../../src/adapters/event-store/sqlite/log-thread.ts";
import { openLogReader } from "../../../../src/adapters/event-store/sqlite/open-reader.ts";
import { createSqliteEventStore } from "../../../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import { events, follow, numbered, readWhole, write } from "../../../contracts/event-store.support.ts";
import { afterwards } from "../../../support/afterwards.ts";
import { openTestLog, temporaryDirectory } from "./support.ts";

describe("the log's thread", () => {
  test("serves any number of clients, each of which sees what the others append", async () => {
    const directory = temporaryDirectory();
    const thread = await start(directory);
    const reader = openLogReader(directory);
    afterwards(() => reader.close());
    const writer = createSqliteEventStore(thread.connect());
    const onlooker = createSqliteEventStore(thread.connect(), { reader });
    const following = [follow(writer, { count: 500 }), follow(onlooker, { count: 500 })];
    for (let n = 0; n < 5; n++) await Promise.all(appendHundred(writer, `machine-${n}`));
    const [mine, theirs] = await Promise.all(following);
    expect(mine).toHaveLength(500);
    expect(theirs).toEqual(mine);
    expect(await readWhole(onlooker)).toEqual(mine);
    expect(await onlooker.head()).toBe(await writer.head());
  });

  test("commits and answers what was sent before it is closed, and refuses what comes later", async () => {
    const directory = temporaryDirectory();
    const thread = await start(directory);
    const store = createSqliteEventStore(thread.connect());
    const sent = appendHundred(store, "machine-1");
    await store.head();
    await thread.close();
    const outcomes = await Promise.all(sent);
    expect(outcomes.filter(({ outcome }) => outcome === "appended")).toHaveLength(100);
    await expect(write(store, "machine-1", events(1))).rejects.toMatchObject({ code: "LOG_CLOSED" });
    const log = openTestLog(directory);
    expect(log.reader.head()).toBe(100);
  });

  test("leaves one file with everything in it after a clean stop", async () => {
    const directory = temporaryDirectory();
    const thread = await start(directory);
    const store = createSqliteEventStore(thread.connect());
    await write(store, "machine-1", events(3));
    await store.close();
    await thread.close();
    const { ledger, holder } = logFiles(directory);
    expect([`${ledger}-wal`, `${ledger}-shm`, holder].filter(existsSync)).toEqual([]);
  });

  test("does not start on a log that is locked, and says so as the store would", async () => {
    const directory = temporaryDirectory();
    openTestLog(directory);
    await expect(start(directory)).rejects.toMatchObject({ name: "EventStoreError", code: "LOG_LOCKED" });
  });

  test("refuses more than 8,192 events under way, and takes more once they are written", async () => {
    const thread = await start(temporaryDirectory());
    const store = createSqliteEventStore(thread.connect());
    const first = write(store, "machine-1", events(8_000));
    await expect(write(store, "machine-2", events(193))).rejects.toMatchObject({ code: "LOG_OVERLOADED" });
    await first;
    expect(await write(store, "machine-2", events(193))).toMatchObject({ outcome: "appended" });
  });

  test("refuses more than 16 MiB under way", async () => {
    const thread = await start(temporaryDirectory());
    const store = createSqliteEventStore(thread.connect());
    const large = () => ({ ...numbered(1), data: { text: "x".repeat(1_000_000) } });
    const sent = Array.from({ length: 17 }, (_, n) => write(store, `machine-${n}`, [large()]));
    const outcomes = await Promise.allSettled(sent);
    expect(outcomes.map(({ status }) => status).lastIndexOf("fulfilled")).toBe(15);
    expect(outcomes.at(-1)).toMatchObject({ reason: { code: "LOG_OVERLOADED" } });
  });
});

async function start(directory: string) {
  const refuse = (problem: unknown) => {
    throw new Error(`the log's thread reported ${JSON.stringify(problem)}`);
  };
  const thread = await startLogThread({
    entry: new URL("../../../../src/threads/log.ts", import.meta.url),
    directory,
    onHealth: refuse,
    onWarning: refuse,
    onFailure: refuse,
  });
  afterwards(() => thread.close());
  return thread;
}

function appendHundred(store: ReturnType<typeof createSqliteEventStore>, stream: string) {
  return Array.from({ length: 100 }, () => write(store, stream, events(1)));
}
