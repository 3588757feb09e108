import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type AppendResult,
  type EventStore,
  EventStoreError,
  type ReadAll,
} from "../../../domain/ports/event-store.ts";
import { follow } from "../follow.ts";
import { createHeadSignal } from "../head-signal.ts";
import { checkPageLimit } from "../page.ts";
import { appended } from "../placement.ts";
import { positionNumber, positionText } from "../position.ts";
import { prepareEvents } from "../prepare.ts";
import { createLogCalls, type LogCalls } from "./log-calls.ts";
import type { LogLine } from "./protocol.ts";
import type { LogReader, RowPage } from "./reader.ts";
import { type EventRow, recordedEvent } from "./rows.ts";

export interface SqliteEventStoreOptions {
  /**
   * A connection of this thread, for threads that read much. (Default: the log's thread reads for this one)
   */
  readonly reader?: LogReader;
}

/** The log as the other threads use it: appends go to the log's thread, which decides, writes and answers. */
export function createSqliteEventStore(line: LogLine, { reader }: SqliteEventStoreOptions = {}): EventStore {
  const headSignal = createHeadSignal();
  const calls = createLogCalls(line, headSignal.raise);
  const source = reader ? localSource(reader, calls) : remoteSource(calls);

  async function readAll({ after, limit, filter }: ReadAll) {
    checkPageLimit(limit);
    const page = await source.page({ after: positionNumber(line, after), limit, filter });
    return {
      events: page.rows.map((row) => recordedEvent(line, row)),
      position: page.position === 0 ? undefined : positionText(line, page.position),
      caughtUp: page.caughtUp,
    };
  }

  return {
    async append(stream, { expectedRevision, events }): Promise<AppendResult> {
      const prepared = prepareEvents(stream, events);
      const outcome = await calls.append({ stream, expectedRevision, events: prepared });
      switch (outcome.outcome) {
        case "appended":
          return appended(line, outcome);
        case "conflict":
          return outcome;
        case "failed":
          throw outcome.error;
      }
    },

    async readStream(stream, slice = {}) {
      const rows = await source.stream(stream, slice);
      return rows.map((row) => recordedEvent(line, row));
    },

    readAll,
    subscribe: (subscription) => follow({ readAll, headSignal, isClosed: calls.isClosed }, subscription),

    async head() {
      const head = await source.head();
      return head === 0 ? undefined : positionText(line, head);
    },

    close: () => calls.close(),
  };
}

/** A `LogReader` that may be in another thread. */
type LogSource = {
  readonly [Method in keyof LogReader]: (
    ...request: Parameters<LogReader[Method]>
  ) => Promise<ReturnType<LogReader[Method]>>;
};

/**
 * A connection of this thread answers at once, so whoever goes through a long log page by page would let nothing
 * else run in between: each page waits for the thread's next turn.
 */
function localSource(reader: LogReader, { isClosed }: LogCalls): LogSource {
  function open(): LogReader {
    if (isClosed()) throw new EventStoreError("LOG_CLOSED", "the log is closed");
    return reader;
  }

  return {
    head: async () => open().head(),
    stream: async (...request) => open().stream(...request),
    async page(request) {
      await nextTurn();
      return open().page(request);
    },
  };
}

/** What the log's thread answers has the type that was asked for: both ends are this release. */
function remoteSource({ read }: LogCalls): LogSource {
  return {
    head: async () => (await read({ of: "head" })) as number,
    stream: async (stream, slice) => (await read({ of: "stream", stream, slice })) as readonly EventRow[],
    page: async (request) => (await read({ of: "page", ...request })) as RowPage,
  };
}
