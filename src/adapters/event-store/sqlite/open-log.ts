import { existsSync, mkdirSync } from "node:fs";
import { EventStoreError } from "../../../domain/ports/event-store.ts";
import { freeBytesOf } from "./latch.ts";
import { createLatchedConnection } from "./latched-connection.ts";
import { acquireLock, type LogLock } from "./lock.ts";
import type { Log } from "./log.ts";
import { logFiles } from "./log-files.ts";
import { beginSession, endSession, openChecked } from "./session.ts";
import { describeError, sqliteCodeOf } from "./sqlite-error.ts";
import { createWitnessKeeper } from "./witness.ts";

export interface LogOptions {
  /** Made where it is missing. Holds the log and nothing else. */
  readonly directory: string;
  readonly clock: () => Date;
  /** That many random hex digits. */
  readonly randomHex: (digits: number) => string;
  /** Free octets on the disk. (Default: what the file system says) */
  readonly freeBytes?: () => number;
  /** Told when the witness cannot be written; the log goes on. */
  readonly onWarning: (message: string) => void;
}

/**
 * Opens the log for writing, as the only process. After an unclean stop the newest events are checked first;
 * where the files are a copy of an older log, a new incarnation is started before anything can be appended.
 *
 * @throws EventStoreError `LOG_LOCKED`, `LOG_DAMAGED`, `LOG_NEWER`, `LOG_READ_ONLY` when it cannot be written
 */
export function openLog(options: LogOptions): Log {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  const lock = acquireLock(options.directory);
  try {
    return openLocked(options, lock);
  } catch (error) {
    lock.release();
    if (sqliteCodeOf(error) === undefined) throw error;
    const message = `${options.directory} cannot be written: ${describeError(error)}`;
    throw new EventStoreError("LOG_READ_ONLY", message, { cause: error });
  }
}

function openLocked({ directory, clock, randomHex, freeBytes, onWarning }: LogOptions, lock: LogLock): Log {
  const files = logFiles(directory);
  refuseHalfRestored(files.restoring);
  const connection = createLatchedConnection({
    clock,
    open: () => openChecked(files.ledger),
    freeBytes: freeBytes ?? (() => freeBytesOf(directory)),
  });
  const session = beginSession(connection.database(), files, randomHex);
  const witness = createWitnessKeeper({
    path: files.witness,
    current() {
      const { position, hash } = connection.head();
      return { ...session.identity, position, hash };
    },
    onFailure: (error) => onWarning(`${files.witness} cannot be written: ${describeError(error)}`),
  });
  witness.grown();

  return {
    ...connection,
    ...session,

    commit(appends) {
      const outcomes = connection.commit(appends);
      witness.grown();
      return outcomes;
    },

    async close() {
      try {
        if (connection.health().status === "writable") endSession(connection.database());
        await witness.close();
      } finally {
        if (connection.database().isOpen) connection.database().close();
        lock.release();
      }
    },
  };
}

function refuseHalfRestored(path: string): void {
  if (!existsSync(path)) return;
  const message = `${path}: a restore did not finish. Empty the directory and restore again`;
  throw new EventStoreError("LOG_DAMAGED", message);
}
