import { existsSync, mkdirSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { EventStoreError } from "../../../domain/ports/event-store.ts";
import { createWholeReader } from "./archive/across-seam.ts";
import { removeNextFile } from "./archive/next-file.ts";
import type { SignedSize } from "./fence.ts";
import { freeBytesOf } from "./latch.ts";
import { createLatchedConnection } from "./latched-connection.ts";
import { acquireLock, type LogLock } from "./lock.ts";
import type { Log } from "./log.ts";
import { logFiles } from "./log-files.ts";
import { createLogTable } from "./log-table.ts";
import { movedError, movedTo } from "./moved-away.ts";
import { keepReached } from "./reached.ts";
import { beginSession, endSession, openChecked } from "./session.ts";
import { refuseNewerShapes } from "./shapes.ts";
import { describeError, sqliteCodeOf } from "./sqlite-error.ts";
import { writeAgain } from "./wal-again.ts";
import { checkWriteAheadLog } from "./wal-check.ts";
import { createWitnessKeeper } from "./witness.ts";

export interface LogOptions {
  /** Made where it is missing. Holds the log and nothing else. */
  readonly directory: string;
  readonly clock: () => Date;
  /** That many random hex digits. */
  readonly randomHex: (digits: number) => string;
  /** What is known to have been signed of it. (Default: nothing) */
  readonly signed?: readonly SignedSize[] | undefined;
  /** Free octets on the disk. (Default: what the file system says) */
  readonly freeBytes?: () => number;
  /** Told when the witness cannot be written; the log goes on. */
  readonly onWarning: (message: string) => void;
}

/**
 * Opens the log for writing, as the only process. After an unclean stop the write-ahead log and the newest events are
 * checked first; where the files are a copy of an older log, a new incarnation is started before anything can be appended.
 *
 * @throws EventStoreError `LOG_LOCKED`, `LOG_DAMAGED`, `LOG_NEWER`, `LOG_MOVED`, `LOG_READ_ONLY` when it cannot be written
 */
export function openLog(options: LogOptions): Log {
  const { directory } = options;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  try {
    const lock = acquireLock(directory);
    return releasedOnError(lock, () => openLocked(options, lock));
  } catch (error) {
    if (sqliteCodeOf(error) === undefined) throw error;
    const message = `${directory} cannot be written: ${describeError(error)}`;
    throw new EventStoreError("LOG_READ_ONLY", message, { cause: error });
  }
}

function releasedOnError<T>(lock: LogLock, open: () => T): T {
  try {
    return open();
  } catch (error) {
    lock.release();
    throw error;
  }
}

function openLocked(options: LogOptions, lock: LogLock): Log {
  const { directory, clock, freeBytes, onWarning } = options;
  const files = logFiles(directory);
  refuseHalfRestored(files.restoring);
  checkWriteAheadLog(files.wal);
  removeNextFile(files.next);
  const connection = createLatchedConnection({
    clock,
    wal: files.wal,
    open() {
      // The process before this one may have ended on a disk that failed to sync, as may have this one's connection.
      writeAgain(files.wal);
      return openChecked(files.ledger);
    },
    freeBytes: freeBytes ?? (() => freeBytesOf(directory)),
    createReader: (database) => createWholeReader(database, directory),
  });
  refuseUnusable(connection.database(), directory);
  const session = beginSession(connection.database(), files, options);
  const current = () => {
    const { position, hash } = connection.head();
    return { ...session.identity, position, hash };
  };
  const cannotWrite = (path: string) => (error: unknown) =>
    onWarning(`${path} cannot be written: ${describeError(error)}`);
  const witness = createWitnessKeeper({
    path: files.witness,
    current,
    onFailure: cannotWrite(files.witness),
  });
  const reached = keepReached(files.reached, cannotWrite(files.reached));
  reached.set(current());
  witness.grown();

  return {
    ...connection,
    ...session,

    commit(appends) {
      const outcomes = connection.commit(appends);
      reached.set(current());
      witness.grown();
      return outcomes;
    },

    async close() {
      try {
        if (connection.health().status === "writable") endSession(connection.database());
        await witness.close();
      } finally {
        reached.close();
        if (connection.database().isOpen) connection.database().close();
        lock.release();
      }
    },
  };
}

/** What is not to be gone on with here stays as it is. */
function refuseUnusable(database: DatabaseSync, directory: string): void {
  try {
    refuseNewerShapes(createLogTable(database), directory);
    const elsewhere = movedTo(database);
    if (elsewhere !== undefined) throw movedError(directory, elsewhere);
  } catch (error) {
    database.close();
    throw error;
  }
}

function refuseHalfRestored(path: string): void {
  if (!existsSync(path)) return;
  const message = `${path}: a restore did not finish. Empty the directory and restore again`;
  throw new EventStoreError("LOG_DAMAGED", message);
}
