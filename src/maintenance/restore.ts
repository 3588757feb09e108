import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { DatabaseSync } from "node:sqlite";
import { digestOf } from "../adapters/event-store/sqlite/archive/file-digest.ts";
import { syncFile } from "../adapters/event-store/sqlite/archive/replace-file.ts";
import { digestFileOf } from "../adapters/event-store/sqlite/back-up.ts";
import { writingLog } from "../adapters/event-store/sqlite/connection.ts";
import { copyLog } from "../adapters/event-store/sqlite/copy-log.ts";
import { nextIncarnation, type Restored } from "../adapters/event-store/sqlite/fence.ts";
import { fileIdentity } from "../adapters/event-store/sqlite/file-identity.ts";
import { acquireLock } from "../adapters/event-store/sqlite/lock.ts";
import { logFiles } from "../adapters/event-store/sqlite/log-files.ts";
import { createLogTable } from "../adapters/event-store/sqlite/log-table.ts";
import { endSession, storedIdentity } from "../adapters/event-store/sqlite/session.ts";
import { checkTail } from "../adapters/event-store/sqlite/tail-check.ts";
import { inTransaction } from "../adapters/event-store/sqlite/transaction.ts";
import { EventStoreError } from "../domain/ports/event-store.ts";
import { bringArchives } from "./bring-archives.ts";

export interface RestoreOptions {
  /** The `ledger.db` to restore; a running service may be writing it. */
  readonly source: string;
  /** Where the archives are that belong to the source. (Default: they are to be put in their place later) */
  readonly archives?: string | undefined;
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
 * @throws Error when there is no source, it or an archive is not as it was taken, or there is something in the directory
 */
export async function restoreLog(options: RestoreOptions): Promise<Restored> {
  const { source, archives, directory, randomHex } = options;
  if (!existsSync(source)) throw new Error(`${source} does not exist: name the ledger.db to restore`);
  await checkDigest(source);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (readdirSync(directory).length > 0)
    throw new Error(`${directory} is not empty: restore into a new directory`);

  const lock = acquireLock(directory);
  try {
    const { restoring, ledger, archive } = logFiles(directory);
    await copyLog(source, restoring);
    const restored = writingLog(restoring, (database) => {
      checkTail(database);
      if (archives !== undefined) bringArchives(database, { from: archives, to: archive });
      return mark(database, { path: restoring, source, random8: randomHex(8) });
    });
    renameSync(restoring, ledger);
    syncFile(directory, "r");
    return restored;
  } finally {
    lock.release();
  }
}

/** A backup has its SHA-256 beside it. A copy that was made by other means may have none. */
async function checkDigest(source: string): Promise<void> {
  const digestFile = digestFileOf(source);
  if (!existsSync(digestFile)) return;
  const [expected] = (await readFile(digestFile, "utf8")).split(" ");
  const { sha256 } = digestOf(source);
  if (sha256 === expected) return;
  throw new Error(
    `${source} is not as it was when it was taken: its SHA-256 is not the one in ${digestFile}`,
  );
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
    // What is restored is a log to go on with, wherever the one went that it was copied from.
    table.delete("moved");
  });
  endSession(database);
  return restored;
}
