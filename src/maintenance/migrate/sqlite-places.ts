import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { openForWriting, writingLog } from "../../adapters/event-store/sqlite/connection.ts";
import type { Restored } from "../../adapters/event-store/sqlite/fence.ts";
import { fileIdentity } from "../../adapters/event-store/sqlite/file-identity.ts";
import { createRowImport } from "../../adapters/event-store/sqlite/import-rows.ts";
import { acquireLock } from "../../adapters/event-store/sqlite/lock.ts";
import { logFiles } from "../../adapters/event-store/sqlite/log-files.ts";
import { createLogTable } from "../../adapters/event-store/sqlite/log-table.ts";
import { markMoved, movedTo, takeBack } from "../../adapters/event-store/sqlite/moved-away.ts";
import { createLogReader, type LogReader } from "../../adapters/event-store/sqlite/reader.ts";
import { type EventRow, uuidText } from "../../adapters/event-store/sqlite/rows.ts";
import { endSession } from "../../adapters/event-store/sqlite/session.ts";
import { openStoredLog } from "../../adapters/event-store/sqlite/stored-log.ts";
import { inTransaction } from "../../adapters/event-store/sqlite/transaction.ts";
import { syncFolder } from "../../durable-file.ts";
import type { MigrationSource, MigrationTarget, MovedEvent, MovedPages } from "./moved-log.ts";

/**
 * The log of a stopped service, locked so that none starts on it meanwhile.
 *
 * @param directory `<data>/log`
 * @throws EventStoreError `LOG_LOCKED`, `LOG_DAMAGED`, `LOG_NEWER`
 * @throws Error when there is no log
 */
export function openSqliteSource(directory: string): MigrationSource {
  const { ledger } = logFiles(directory);
  if (!existsSync(ledger)) {
    throw new Error(`${directory} holds no log: name the data directory of a service that has run`);
  }
  const lock = acquireLock(directory);
  try {
    const log = openStoredLog(directory);
    return {
      place: directory,
      identity: log.identity,
      movedTo: writingLog(ledger, movedTo),
      size: log.head,
      pages: () => moved(directory, log.rows(0)),
      leave: async (to) => writingLog(ledger, (database) => markMoved(database, to)),
      async close() {
        log.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Lets services start again on a log that was moved away, fenced: it may have gone on elsewhere.
 *
 * @param directory `<data>/log`
 * @throws EventStoreError `LOG_LOCKED`, `LOG_DAMAGED`, `LOG_NEWER`
 * @throws Error when there is no log, or it was not moved
 */
export function reopenSqlite(directory: string, random8: string): Restored {
  const { ledger } = logFiles(directory);
  if (!existsSync(ledger)) throw new Error(`${directory} holds no log`);
  const lock = acquireLock(directory);
  try {
    return writingLog(ledger, (database) => takeBack(database, random8));
  } finally {
    lock.release();
  }
}

/**
 * A new log, in a directory that is empty or not there. Its file has another name until it is complete, which no
 * service starts on; what is cut short is begun again in an empty directory.
 *
 * @param directory `<data>/log`
 * @throws EventStoreError `LOG_LOCKED`
 * @throws Error when there is something in it
 */
export function createSqliteTarget(directory: string): MigrationTarget {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (readdirSync(directory).length > 0) throw new Error(`${directory} is not empty: name a new directory`);
  const lock = acquireLock(directory);
  const { restoring, ledger } = logFiles(directory);
  const database = openForWriting(restoring);
  const importRows = createRowImport(database);

  return {
    place: directory,
    pages: () => moved(directory, rowsOf(createLogReader(database))),
    write: async (events) => importRows(events),
    async finish(identity, restored) {
      inTransaction(database, () => {
        const table = createLogTable(database);
        table.set("logId", identity.logId);
        table.set("incarnation", identity.incarnation);
        table.set("file", fileIdentity(restoring));
        table.set("restored", JSON.stringify(restored));
      });
      endSession(database);
      database.close();
      renameSync(restoring, ledger);
      await syncFolder(directory);
      await syncFolder(dirname(directory));
    },
    async close() {
      if (database.isOpen) database.close();
      lock.release();
    },
  };
}

/** Events that are read at once. */
const pageEvents = 1_000;

function* rowsOf(reader: LogReader): Generator<readonly EventRow[]> {
  for (let after = 0; ; ) {
    const { rows, position, caughtUp } = reader.page({ after, limit: pageEvents, filter: undefined });
    yield rows;
    if (caughtUp) return;
    after = position;
  }
}

type Rows = Iterable<readonly EventRow[] | { readonly position: number; readonly why: string }>;

async function* moved(place: string, pages: Rows): MovedPages {
  for (const page of pages) {
    if ("why" in page) throw new Error(`${place}: event ${page.position} cannot be read: ${page.why}`);
    yield page.map(movedEvent);
  }
}

function movedEvent(row: EventRow): MovedEvent {
  const [, stream, revision, id, type, schema, time, data, meta, hash] = row;
  return { stream, revision, id: uuidText(id), type, schema, time, data, meta, hash };
}
