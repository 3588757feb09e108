import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { checkWriteAheadLog } from "../../../../src/adapters/event-store/sqlite/wal-check.ts";
import { afterwards } from "../../../support/afterwards.ts";
import { temporaryDirectory } from "./support.ts";

const headerBytes = 32;
const frameBytes = 24 + 4_096;

/** A write-ahead log of a few transactions, each of two frames or more, as an unclean stop leaves it. */
function walOf(transactions: number): { readonly path: string; readonly octets: Buffer } {
  const directory = temporaryDirectory();
  const database = new DatabaseSync(join(directory, "some.db"));
  afterwards(() => database.close());
  database.exec("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (x TEXT)");
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  const insert = database.prepare("INSERT INTO t VALUES (?)");
  for (let count = 0; count < transactions; count++) insert.run("x".repeat(5_000));
  return { path: join(directory, "copy.db-wal"), octets: readFileSync(join(directory, "some.db-wal")) };
}

function check({ path, octets }: { readonly path: string; readonly octets: Buffer }): () => void {
  writeFileSync(path, octets);
  return () => checkWriteAheadLog(path);
}

/** Turns one bit of a frame's page. */
function flipped(octets: Buffer, frame: number): Buffer {
  const copy = Buffer.from(octets);
  const at = headerBytes + frame * frameBytes + 1_000;
  copy.writeUInt8(copy.readUInt8(at) ^ 4, at);
  return copy;
}

describe("a write-ahead log that an unclean stop left", () => {
  test("may be missing, empty, whole, or end anywhere in its last transaction", () => {
    expect(() => checkWriteAheadLog(join(temporaryDirectory(), "none"))).not.toThrow();
    const { path, octets } = walOf(5);
    expect(check({ path, octets: Buffer.alloc(0) })).not.toThrow();
    expect(check({ path, octets })).not.toThrow();
    for (const missing of [1, 500, frameBytes, frameBytes + 1]) {
      expect(check({ path, octets: octets.subarray(0, octets.length - missing) })).not.toThrow();
    }
  });

  test("may have a last transaction of which parts never came to the disk", () => {
    const { path, octets } = walOf(5);
    const frames = (octets.length - headerBytes) / frameBytes;
    expect(check({ path, octets: flipped(octets, frames - 1) })).not.toThrow();
  });

  test("is refused when a frame is broken that transactions follow on, and names it", () => {
    const { path, octets } = walOf(5);
    expect(check({ path, octets: flipped(octets, 1) })).toThrow("is damaged at frame 2,");
    expect(check({ path, octets: flipped(octets, 0) })).toThrow(
      expect.objectContaining({ code: "LOG_DAMAGED" }),
    );
  });

  test("is refused when its header is broken and transactions follow", () => {
    const { path, octets } = walOf(5);
    const copy = Buffer.from(octets);
    copy.writeUInt8(copy.readUInt8(17) ^ 1, 17);
    expect(check({ path, octets: copy })).toThrow("is damaged at frame 1,");
  });

  test("may hold frames from before it was begun anew", () => {
    const { path, octets } = walOf(5);
    const newer = walOf(2).octets;
    const left = Buffer.concat([newer, octets.subarray(newer.length)]);
    expect(check({ path, octets: left })).not.toThrow();
  });
});
