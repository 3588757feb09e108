import type { DatabaseSync } from "node:sqlite";
import { EventStoreError } from "../../../domain/ports/event-store.ts";
import { type Fault, faultOf, probe, refuseAppends, reserveBytes } from "./latch.ts";
import type { Log } from "./log.ts";
import { createLogReader, type LogReader } from "./reader.ts";
import { cutWriteAheadLog } from "./wal-end.ts";
import { createLogWriter, type LogHead } from "./writer.ts";

export interface LatchedConnection extends Pick<Log, "reader" | "commit" | "health" | "recover"> {
  database(): DatabaseSync;
  head(): LogHead;
}

export interface LatchOptions {
  readonly clock: () => Date;
  /** Opens and checks the file: at the start, and after an error that leaves its state uncertain. */
  readonly open: () => DatabaseSync;
  /** Path of its write-ahead log. */
  readonly wal: string;
  readonly freeBytes: () => number;
  /** Reads what is written. (Default: the file alone) */
  readonly createReader?: (database: DatabaseSync) => LogReader;
}

/** A connection to the log that stops writing at its first error and is renewed when the disk works again. */
export function createLatchedConnection(options: LatchOptions): LatchedConnection {
  const { clock, open, wal, freeBytes, createReader = createLogReader } = options;
  const connect = (database: DatabaseSync) => ({
    database,
    writer: createLogWriter(database, clock),
    reader: createReader(database),
  });
  let current = connect(openAtEnd());
  let fault: Fault | undefined;

  function openAtEnd(): DatabaseSync {
    const database = open();
    try {
      cutWriteAheadLog(database, wal);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  }

  function tryToWrite({ mustReopen }: Fault): Fault | undefined {
    const free = freeBytes();
    if (free < reserveBytes) {
      return { reason: `${free} octets are free on the disk, ${reserveBytes} are needed`, mustReopen };
    }
    try {
      if (mustReopen) {
        if (current.database.isOpen) current.database.close();
        current = connect(openAtEnd());
      } else {
        cutWriteAheadLog(current.database, wal);
      }
      probe(current.database);
      return undefined;
    } catch (error) {
      const again = faultOf(error);
      return { ...again, mustReopen: mustReopen || again.mustReopen };
    }
  }

  /** @throws EventStoreError `LOG_UNREADABLE` between the end of the old connection and the next one */
  function reader(): LogReader {
    if (current.database.isOpen) return current.reader;
    throw new EventStoreError("LOG_UNREADABLE", `the log is being opened anew: ${fault?.reason}`);
  }

  return {
    database: () => current.database,
    head: () => current.writer.head(),

    reader: {
      head: () => reader().head(),
      stream: (...request) => reader().stream(...request),
      page: (request) => reader().page(request),
    },

    commit(appends) {
      if (fault) return refuseAppends(appends, fault);
      try {
        return current.writer.commit(appends);
      } catch (error) {
        fault = faultOf(error);
        return refuseAppends(appends, fault);
      }
    },

    health: () => (fault ? { status: "read-only", reason: fault.reason } : { status: "writable" }),

    recover() {
      if (fault) fault = tryToWrite(fault);
    },
  };
}
