import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { DatabaseSync } from "node:sqlite";
import { EventStoreError } from "../../../domain/ports/event-store.ts";
import { logFiles } from "./log-files.ts";
import { sqliteCode, sqliteCodeOf } from "./sqlite-error.ts";

export interface LogLock {
  release(): void;
}

/**
 * Makes this process the only writer of the log in `directory`. The kernel releases the lock when the process
 * ends, however it ends.
 *
 * The lock is SQLite's own on a second file. It is a POSIX lock, which any close of that file by this process
 * drops: nothing but `node:sqlite` may open `lock.db`. Who holds it is therefore told by another file,
 * `holder.json`.
 *
 * @throws EventStoreError `LOG_LOCKED`
 */
export function acquireLock(directory: string): LogLock {
  const { lock, holder } = logFiles(directory);
  const database = new DatabaseSync(lock, { timeout: 0 });
  try {
    // Nothing is ever written in the file, so it needs no journal beside it.
    database.exec("PRAGMA journal_mode = OFF; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT");
  } catch (error) {
    database.close();
    if (sqliteCodeOf(error) !== sqliteCode.busy) throw error;
    const message = `${directory} is in use by ${describeHolder(holder)}: stop it first`;
    throw new EventStoreError("LOG_LOCKED", message, { cause: error });
  }
  writeFileSync(holder, JSON.stringify({ pid: process.pid, host: hostname() }));

  return {
    release() {
      rmSync(holder, { force: true });
      database.close();
    },
  };
}

/** The file is written just after the lock is taken, so for a moment it is missing or names nobody. */
function describeHolder(path: string): string {
  try {
    const { pid, host } = JSON.parse(readFileSync(path, "utf8"));
    return `process ${pid} on ${host}`;
  } catch {
    return "another process, which did not leave its name yet";
  }
}
