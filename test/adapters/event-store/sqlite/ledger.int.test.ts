import { writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { openForReading, openForWriting } from "../../../../src/adapters/event-store/sqlite/connection.ts";
import { logFiles } from "../../../../src/adapters/event-store/sqlite/log-files.ts";
import { events, numbered } from "../../../contracts/event-store.support.ts";
import { afterwards } from "../../../support/afterwards.ts";
import { commit, openRaw, openTestLog, temporaryDirectory } from "./support.ts";

describe("any connection to the log's file", () => {
  const attempts: readonly [string, string][] = [
    ["changing an event", "UPDATE event SET data = '{}' WHERE position = 1"],
    ["deleting an event", "DELETE FROM event WHERE position = 2"],
    ["replacing an event by its position", insertion("OR REPLACE", "2, stream, 1, id")],
    ["replacing an event by its id", insertion("OR REPLACE", "3, stream, 2, id")],
    ["replacing an event by its place", insertion("OR REPLACE", "3, stream, 0, randomblob(16)")],
    ["inserting a position that is there", insertion("", "1, stream, 2, randomblob(16)")],
    ["inserting an id that is there", insertion("", "3, stream, 2, id")],
    ["inserting a revision that is there", insertion("", "3, stream, 1, randomblob(16)")],
    ["leaving out a position", insertion("", "4, stream, 2, randomblob(16)")],
    ["leaving out a revision", insertion("", "3, stream, 3, randomblob(16)")],
    ["renaming a stream", "UPDATE stream SET name = 'machine-2'"],
    ["deleting a stream", "DELETE FROM stream"],
    [
      "replacing a stream",
      "INSERT OR REPLACE INTO stream (id, name, category) VALUES (2, 'machine-1', 'machine')",
    ],
  ];

  test.each(attempts)("is refused %s", (_what, sql) => {
    const directory = temporaryDirectory();
    const log = openTestLog(directory);
    commit(log, "machine-1", events(2));
    const before = log.reader.stream("machine-1", {});
    const raw = openRaw(directory);
    raw.exec("PRAGMA recursive_triggers = OFF; PRAGMA foreign_keys = OFF");
    expect(() => raw.exec(sql)).toThrow(/never|only appended|exists/);
    expect(log.reader.stream("machine-1", {})).toEqual(before);
  });

  test("may append what is next", () => {
    const directory = temporaryDirectory();
    const log = openTestLog(directory);
    commit(log, "machine-1", events(2));
    openRaw(directory).exec(insertion("", "3, stream, 2, randomblob(16)"));
    expect(log.reader.head()).toBe(3);
  });
});

describe("opening a connection", () => {
  test.each([
    ["for writing", openForWriting],
    ["for reading", openForReading],
  ])("%s waits for the disk at each commit and lets no trigger be passed by", async (_what, open) => {
    const directory = temporaryDirectory();
    await openTestLog(directory).close();
    const database = open(logFiles(directory).ledger);
    afterwards(() => database.close());
    const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    expect(["journal_mode", "synchronous", "recursive_triggers"].map(pragma)).toEqual(["wal", 2, 1]);
  });

  test("refuses a log of a newer format", async () => {
    const directory = temporaryDirectory();
    await openTestLog(directory).close();
    openRaw(directory).exec("PRAGMA user_version = 3");
    expect(codeOf(() => openTestLog(directory))).toBe("LOG_NEWER");
  });

  test("refuses another program's database, and leaves it as it was", () => {
    const directory = temporaryDirectory();
    const foreign = openRaw(directory);
    foreign.exec("CREATE TABLE notes (text TEXT)");
    expect(codeOf(() => openTestLog(directory))).toBe("LOG_DAMAGED");
    expect(foreign.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "delete" });
  });

  test("refuses a file that is no database", () => {
    const directory = temporaryDirectory();
    writeFileSync(logFiles(directory).ledger, "This is not a log. ".repeat(500));
    expect(codeOf(() => openTestLog(directory))).toBe("LOG_DAMAGED");
  });

  test("makes a log of a file that a crash left before anything was in it", () => {
    const directory = temporaryDirectory();
    const empty = new DatabaseSync(logFiles(directory).ledger);
    empty.exec("PRAGMA journal_mode = WAL");
    empty.close();
    expect(commit(openTestLog(directory), "machine-1", events(1))).toMatchObject({ outcome: "appended" });
  });
});

describe("opening a log again", () => {
  test("goes on where each stream ended", async () => {
    const directory = temporaryDirectory();
    const first = openTestLog(directory, { clock: () => new Date(5_000) });
    commit(first, "machine-1", events(2));
    commit(first, "machine-2", events(1));
    await first.close();
    const second = openTestLog(directory, { clock: () => new Date(1_000) });
    expect(commit(second, "machine-1", events(1))).toMatchObject({ revision: 2, position: 4, time: 5_000 });
    expect(commit(second, "machine-3", events(1))).toMatchObject({ revision: 0, position: 5 });
    await second.close();
    // The check of an unclean stop recomputes all hashes.
    openRaw(directory).exec("UPDATE log SET value = 'open' WHERE key = 'session'");
    expect(openTestLog(directory).reader.head()).toBe(5);
  });

  test.each([
    ["an event that was changed", "UPDATE event SET data = '{\"n\":7}' WHERE position = 3", 2],
    ["an event that is missing", "DELETE FROM event WHERE position = 4", 3],
    ["a hash that was changed", "UPDATE event SET hash = randomblob(32) WHERE position = 2", 1],
    ["events that are missing at the start", "DELETE FROM event WHERE position = 1", 0],
  ])("after an unclean stop refuses %s, and names the last good event", async (_what, sql, lastGood) => {
    const directory = temporaryDirectory();
    const log = openTestLog(directory);
    commit(log, "machine-1", events(5));
    await log.close();
    const raw = openRaw(directory);
    raw.exec("DROP TRIGGER event_never_changes; DROP TRIGGER event_stays");
    raw.exec(`UPDATE log SET value = 'open' WHERE key = 'session'; ${sql}`);
    raw.close();
    expect(() => openTestLog(directory)).toThrow(`the last good event is number ${lastGood}.`);
    expect(codeOf(() => openTestLog(directory))).toBe("LOG_DAMAGED");
  });

  test("after an unclean stop refuses an index that lost an event", async () => {
    const directory = temporaryDirectory();
    const log = openTestLog(directory);
    commit(log, "machine-1", [...events(4), numbered(5)]);
    await log.close();
    const raw = openRaw(directory);
    raw.exec("UPDATE log SET value = 'open' WHERE key = 'session'");
    loseFromIdIndex(raw);
    raw.close();
    expect(codeOf(() => openTestLog(directory))).toBe("LOG_DAMAGED");
  });
});

/** An insert of what is in the log as event 1, with other first columns. */
function insertion(conflict: string, columns: string): string {
  return `INSERT ${conflict} INTO event SELECT ${columns}, type, schema, time, data, meta, hash
    FROM event WHERE position = 1`;
}

/**
 * Makes the index of ids an empty one, as a page that was lost would: possible only with SQLite's guards off.
 */
function loseFromIdIndex(database: DatabaseSync): void {
  database.enableDefensive(false);
  database.exec(`PRAGMA writable_schema = ON;
    CREATE TABLE empty (id BLOB UNIQUE) STRICT;
    UPDATE sqlite_schema SET rootpage =
      (SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_empty_1')
      WHERE name = 'sqlite_autoindex_event_1'`);
}

function codeOf(open: () => unknown): unknown {
  try {
    open();
    return undefined;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}
