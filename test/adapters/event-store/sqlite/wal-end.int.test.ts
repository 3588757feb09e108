import { copyFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { checkWriteAheadLog } from "../../../../src/adapters/event-store/sqlite/wal-check.ts";
import { cutWriteAheadLog } from "../../../../src/adapters/event-store/sqlite/wal-end.ts";
import { afterwards } from "../../../support/afterwards.ts";
import { temporaryDirectory } from "./support.ts";

const short = "x".repeat(10);
const long = "x".repeat(100_000);

function open(path: string, options = {}): DatabaseSync {
  const database = new DatabaseSync(path, options);
  afterwards(() => database.close());
  return database;
}

/** A database and its write-ahead log: a transaction, and a longer one of which a sector never came to the disk. */
function cutShort() {
  const path = join(temporaryDirectory(), "some.db");
  const database = open(path);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (x TEXT)");
  insert(database, short);
  const left = join(temporaryDirectory(), "left.db");
  const end = statSync(`${path}-wal`).size;
  insert(database, long);
  copyFileSync(path, left);
  copyFileSync(`${path}-wal`, `${left}-wal`);
  tear(`${left}-wal`, end);
  return { database: open(left), wal: `${left}-wal`, end };
}

function insert(database: DatabaseSync, text: string): void {
  database.prepare("INSERT INTO t VALUES (?)").run(text);
}

function texts(database: DatabaseSync): readonly unknown[] {
  return database
    .prepare("SELECT x FROM t")
    .all()
    .map(({ x }) => x);
}

/** Forgets a sector of the frame there, behind the one with the frame's header. */
function tear(wal: string, frame: number): void {
  const octets = readFileSync(wal);
  octets.fill(1, frame + 512, frame + 1_024);
  writeFileSync(wal, octets);
}

describe("what a transaction left that was cut short", () => {
  test("looks like transactions behind the next one, should that be torn, and is gone when it was cut off", () => {
    const check = (cut: typeof cutWriteAheadLog | undefined) => {
      const { database, wal, end } = cutShort();
      expect(texts(database)).toEqual([short]);
      cut?.(database, wal);
      insert(database, short);
      tear(wal, end);
      return () => checkWriteAheadLog(wal);
    };
    expect(check(undefined)).toThrow("is damaged at frame");
    expect(check(cutWriteAheadLog)).not.toThrow();
  });

  test("is cut off under readers, who miss nothing", () => {
    const { database, wal, end } = cutShort();
    const reader = open(database.location() ?? "", { readOnly: true });
    reader.exec("BEGIN");
    expect(texts(reader)).toEqual([short]);
    cutWriteAheadLog(database, wal);
    expect(statSync(wal).size).toBe(end);
    insert(database, "next");
    expect(texts(reader)).toEqual([short]);
    reader.exec("COMMIT");
    expect(texts(reader)).toEqual([short, "next"]);
  });

  test("is all of a write-ahead log that has no transaction", () => {
    const { database, wal } = cutShort();
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    writeFileSync(wal, Buffer.alloc(10_000, 1));
    cutWriteAheadLog(database, wal);
    expect(statSync(wal).size).toBe(0);
    insert(database, "next");
    expect(texts(database)).toEqual([short, "next"]);
  });
});
