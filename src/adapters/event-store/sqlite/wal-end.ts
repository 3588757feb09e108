import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { fileHeaderBytes, frameBytes } from "./wal-format.ts";

/**
 * Ends the write-ahead log behind its newest transaction, and waits until that is on the disk.
 *
 * A transaction that failed, or that an end of the process cut short, leaves frames behind, which the next ones write over
 * a few at a time. Until they are gone they look like transactions that came later: a power cut that tears the newest one
 * would then look like damage in front of what was acknowledged, and `checkWriteAheadLog` would refuse a sound log.
 *
 * @param database the connection that writes, with no transaction under way. Others may read: nobody reads behind the end
 * @param path of the write-ahead log, which carries none of SQLite's locks
 * @throws Error when the disk fails
 */
export function cutWriteAheadLog(database: DatabaseSync, path: string): void {
  if (!existsSync(path)) return;
  const { log: frames } = database.prepare("PRAGMA wal_checkpoint(NOOP)").get() as { readonly log: number };
  const end = frames === 0 ? 0 : fileHeaderBytes + frames * frameBytes;
  const file = openSync(path, "r+");
  try {
    if (fstatSync(file).size <= end) return;
    ftruncateSync(file, end);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
