import { closeSync, fsyncSync, openSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { writeAheadLogOf } from "../log-files.ts";
import { sqliteCode, sqliteCodeOf } from "../sqlite-error.ts";

/** How long whoever reads the old file may go on, milliseconds. */
const busyTimeoutMs = 5_000;

/**
 * Gives a new file of a log the name of the old one. Nobody has the old one open then: a reader would go on with it, and
 * take the new one's write-ahead log for its own.
 *
 * @throws Error when somebody reads the old file
 */
export function replaceFile(old: string, next: string): void {
  syncFile(next, "r+");
  const database = new DatabaseSync(old, { timeout: busyTimeoutMs });
  try {
    // In this mode a connection has the file for itself from its first transaction until it is closed.
    database.exec(
      "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)",
    );
    // After a power cut the new name must not be there beside what was in the write-ahead log of the old file.
    syncFile(writeAheadLogOf(old), "r+");
    renameSync(next, old);
    syncFile(dirname(old), "r");
  } catch (error) {
    if (sqliteCodeOf(error) !== sqliteCode.busy) throw error;
    throw new Error(`somebody reads ${old}, a backup or an export: try again when it is done`, {
      cause: error,
    });
  } finally {
    database.close();
  }
}

/** A new name is on the disk only when its directory is. */
export function syncFile(path: string, flags: "r" | "r+"): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
