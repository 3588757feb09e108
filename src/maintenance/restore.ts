import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync } from "node:fs";
import { backup, type DatabaseSync } from "node:sqlite";
import { openForReading, openForWriting } from "../adapters/event-store/sqlite/connection.ts";
import { nextIncarnation, type Restored } from "../adapters/event-store/sqlite/fence.ts";
import { fileIdentity } from "../adapters/event-store/sqlite/file-identity.ts";
import { acquireLock } from "../adapters/event-store/sqlite/lock.ts";
import { logFiles } from "../adapters/event-store/sqlite/log-files.ts";
import { createLogTable } from "../adapters/event-store/sqlite/log-table.ts";
import { endSession, storedIdentity } from "../adapters/event-store/sqlite/session.ts";
import { checkTail } from "../adapters/event-store/sqlite/tail-check.ts";
import { inTransaction } from "../adapters/event-store/sqlite/transaction.ts";
import { EventStoreError } from "../domain/ports/event-store.ts";

/**
 * SQLite copies so many pages in one step; in smaller ones a busy source would make it start over for ever.
 */
const allPages = 2_147_483_647;

export interface RestoreOptions {
  /** The `ledger.db` to restore; a running service may be writing it. */
  readonly source: string;
  /** The log's new directory: empty, or not there yet. */
  readonly directory: string;
  /** That many random hex digits. */
  readonly randomHex: (digits: number) => string;
}

/**
 * Makes a log of an older log's file. It is another incarnation, and the service that starts on it is fenced:
 * it sets nothing in motion until an operator has looked.
 *
 * The copy gets its final name only when it is complete, checked and marked; a service refuses to start on
 * less.
 *
 * @throws EventStoreError `LOG_DAMAGED`, `LOG_NEWER`, `LOG_LOCKED`
 * @throws Error when there is no source, or something in the directory
 */
export async function restoreLog({ source, directory, randomHex }: RestoreOptions): Promise<Restored> {
  if (!existsSync(source)) throw new Error(`${source} does not exist: name the ledger.db to restore`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (readdirSync(directory).length > 0)
    throw new Error(`${directory} is not empty: restore into a new directory`);

  const lock = acquireLock(directory);
  try {
    const { restoring, ledger } = logFiles(directory);
    await copy(source, restoring);
    const restored = markRestored(restoring, { source, random8: randomHex(8) });
    renameSync(restoring, ledger);
    syncDirectory(directory);
    return restored;
  } finally {
    lock.release();
  }
}

async function copy(source: string, target: string): Promise<void> {
  const database = openForReading(source);
  try {
    await backup(database, target, { rate: allPages });
  } finally {
    database.close();
  }
}

function markRestored(path: string, { source, random8 }: { source: string; random8: string }): Restored {
  const database = openForWriting(path);
  try {
    checkTail(database);
    return mark(database, { path, source, random8 });
  } finally {
    database.close();
  }
}

function mark(
  database: DatabaseSync,
  { path, source, random8 }: { path: string; source: string; random8: string },
): Restored {
  const table = createLogTable(database);
  const identity = storedIdentity(table);
  if (!identity) throw new EventStoreError("LOG_DAMAGED", `${source} does not say which log it is`);

  const restored: Restored = {
    evidence: "restore-command",
    previousIncarnation: identity.incarnation,
    message: `restored from ${source}`,
  };
  inTransaction(database, () => {
    table.set("incarnation", nextIncarnation({ identity, witness: undefined }, random8));
    table.set("file", fileIdentity(path));
    table.set("restored", JSON.stringify(restored));
  });
  endSession(database);
  return restored;
}

/** A new name is on the disk only when its directory is. */
function syncDirectory(directory: string): void {
  const handle = openSync(directory, "r");
  fsyncSync(handle);
  closeSync(handle);
}
