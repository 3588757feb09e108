import type { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { prepareEvents } from "../../../../src/adapters/event-store/prepare.ts";
import { reserveBytes } from "../../../../src/adapters/event-store/sqlite/latch.ts";
import { createLatchedConnection } from "../../../../src/adapters/event-store/sqlite/latched-connection.ts";
import { logFiles } from "../../../../src/adapters/event-store/sqlite/log-files.ts";
import { openChecked } from "../../../../src/adapters/event-store/sqlite/session.ts";
import type { NewEvent } from "../../../../src/domain/ports/event-store.ts";
import { numbered } from "../../../contracts/event-store.support.ts";
import { afterwards } from "../../../support/afterwards.ts";
import { temporaryDirectory } from "./support.ts";

describe("a disk that is full", () => {
  test("makes the log read-only: nothing is acknowledged, though it might fit", () => {
    const { connection, fillDisk, append } = open();
    expect(append(small())).toBe("appended");
    fillDisk();
    expect(append(large())).toBe("LOG_READ_ONLY");
    expect(append(small())).toBe("LOG_READ_ONLY");
    expect(connection.health()).toMatchObject({
      status: "read-only",
      reason: expect.stringContaining("full"),
    });
    expect(connection.reader.head()).toBe(1);
  });

  test("keeps the log read-only while less than the reserve is free", () => {
    const { connection, disk, fillDisk, emptyDisk, append } = open();
    fillDisk();
    append(large());
    emptyDisk();
    disk.freeBytes = reserveBytes - 1;
    connection.recover();
    expect(connection.health()).toMatchObject({
      reason: expect.stringContaining(`${reserveBytes} are needed`),
    });
    expect(append(small())).toBe("LOG_READ_ONLY");
  });

  test("keeps the log read-only while a probe cannot be committed", () => {
    const { connection, fillDisk, append } = open();
    fillDisk();
    append(large());
    connection.recover();
    expect(connection.health().status).toBe("read-only");
  });

  test("lets the log go on where it was, once there is room", () => {
    const { connection, fillDisk, emptyDisk, append } = open();
    append(small());
    fillDisk();
    const refused = large();
    append(refused);
    emptyDisk();
    connection.recover();
    expect(connection.health()).toEqual({ status: "writable" });
    expect(append(refused)).toBe("appended");
    const rows = connection.reader.stream("machine-1", {});
    expect(rows.map(([position, , revision]) => [position, revision])).toEqual([
      [1, 0],
      [2, 1],
    ]);
    expect(connection.database().prepare("SELECT count(*) AS n FROM log WHERE key = 'probe'").get()).toEqual({
      n: 0,
    });
  });
});

describe("a commit that fails otherwise", () => {
  test("refuses the whole group, and has the file opened anew and checked before the next", () => {
    const { connection, append, opened, breakNextCommit } = open();
    append(small());
    breakNextCommit();
    expect(append(small())).toBe("LOG_READ_ONLY");
    expect(opened()).toBe(1);
    connection.recover();
    expect(opened()).toBe(2);
    expect(append(small())).toBe("appended");
    expect(connection.reader.stream("machine-1", {}).map(([, , revision]) => revision)).toEqual([0, 1]);
  });

  test("stays refused while the file cannot be opened", () => {
    const { connection, append, breakNextCommit, disk } = open();
    append(small());
    breakNextCommit();
    append(small());
    disk.isGone = true;
    for (let attempt = 0; attempt < 2; attempt++) {
      connection.recover();
      expect(connection.health()).toMatchObject({ status: "read-only", reason: "the disk is gone" });
    }
    disk.isGone = false;
    connection.recover();
    expect(append(small())).toBe("appended");
  });

  test("leaves the log unreadable while the file cannot be opened", () => {
    const { connection, append, breakNextCommit, disk } = open();
    append(small());
    breakNextCommit();
    append(small());
    expect(connection.reader.head()).toBe(1);
    disk.isGone = true;
    connection.recover();
    const { reader } = connection;
    for (const read of [reader.head, () => reader.stream("machine-1", {}), () => reader.page(firstPage)]) {
      expect(read).toThrow(expect.objectContaining({ name: "EventStoreError", code: "LOG_UNREADABLE" }));
    }
    disk.isGone = false;
    connection.recover();
    expect(reader.head()).toBe(1);
  });

  test("is safe to retry with the same ids, whether or not it had reached the disk", () => {
    const { connection, append, breakNextCommit } = open();
    const event = small();
    breakNextCommit();
    expect(append(event)).toBe("LOG_READ_ONLY");
    connection.recover();
    expect(append(event)).toBe("appended");
    expect(append(event)).toBe("appended");
    expect(connection.reader.head()).toBe(1);
  });
});

const firstPage = { after: 0, limit: 1, filter: undefined };
const small = () => numbered(1);
const large = (): NewEvent => ({ ...numbered(1), data: { text: "x".repeat(500_000) } });

/** A log on a disk that the test fills, empties and breaks. */
function open() {
  const { ledger, wal } = logFiles(temporaryDirectory());
  const disk = { freeBytes: reserveBytes, isGone: false };
  let opened = 0;
  const connection = createLatchedConnection({
    clock: () => new Date(0),
    freeBytes: () => disk.freeBytes,
    wal,
    open() {
      if (disk.isGone) throw new Error("the disk is gone");
      opened++;
      return openChecked(ledger);
    },
  });
  afterwards(() => connection.database().close());

  return {
    connection,
    disk,
    opened: () => opened,
    /** SQLite answers SQLITE_FULL when the file may not grow, as it does when the disk may not. */
    fillDisk: () => limitPages(connection.database(), "page_count"),
    emptyDisk: () => limitPages(connection.database(), "4294967294"),

    /**
     * A trigger of this connection alone, which ends the transaction in the middle as a failing disk does.
     */
    breakNextCommit() {
      connection.database().exec(`CREATE TEMP TRIGGER broken AFTER INSERT ON event
        BEGIN SELECT RAISE(ROLLBACK, 'disk I/O error'); END`);
    },

    append(event: NewEvent) {
      const events = prepareEvents("machine-1", [event]);
      const [outcome] = connection.commit([{ stream: "machine-1", expectedRevision: "any", events }]);
      return outcome?.outcome === "failed" ? outcome.error.code : outcome?.outcome;
    },
  };
}

function limitPages(database: DatabaseSync, limit: string): void {
  const count = limit === "page_count" ? database.prepare("PRAGMA page_count").get()?.["page_count"] : limit;
  database.exec(`PRAGMA max_page_count = ${count}`);
}
