import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import {
  type AppendResult,
  type EventStore,
  EventStoreError,
  type Position,
  type ReadAll,
} from "../../../domain/ports/event-store.ts";
import { follow } from "../follow.ts";
import { createHeadSignal } from "../head-signal.ts";
import { checkPageLimit } from "../page.ts";
import { appended } from "../placement.ts";
import { positionNumber, positionText } from "../position.ts";
import { prepareEvents } from "../prepare.ts";
import { createAppliedEvents } from "./applied-events.ts";
import { createLogCalls, type LogCalls } from "./log-calls.ts";
import type { LogLine } from "./protocol.ts";
import type { LogReader, RowPage } from "./reader.ts";
import { type EventRow, recordedEvent } from "./rows.ts";
import { describeError, isReadError } from "./sqlite-error.ts";

export interface SqliteEventStoreOptions {
  /**
   * A connection of this thread, for threads that read much. (Default: the log's thread reads for this one)
   */
  readonly reader?: LogReader;
}

/** The log as the other threads use it: appends go to the log's thread, which decides, writes and answers. */
export function createSqliteEventStore(line: LogLine, { reader }: SqliteEventStoreOptions = {}): EventStore {
  const headSignal = createHeadSignal();
  const applied = createAppliedEvents();
  const calls = createLogCalls(line, { onGrown: headSignal.raise, applied });
  const source = reader ? localSource(reader, calls) : remoteSource(calls);

  async function readPage({ after, limit, filter }: ReadAll) {
    checkPageLimit(limit);
    const page = await source.page({ after: positionNumber(line, after), limit, filter });
    if (page.caughtUp) applied.endsAt(page.position);
    return {
      events: page.rows.map((row) => recordedEvent(line, row)),
      position: page.position === 0 ? undefined : positionText(line, page.position),
      caughtUp: page.caughtUp,
    };
  }

  function passApplied(after: Position | undefined) {
    const from = positionNumber(line, after);
    const passed = applied.passFrom(from);
    return {
      position: passed === from ? after : positionText(line, passed),
      isEnd: applied.isEnd(passed),
    };
  }

  return {
    async append(stream, { expectedRevision, events, isApplied = false }): Promise<AppendResult> {
      const prepared = prepareEvents(stream, events);
      const outcome = await calls.append({ stream, expectedRevision, events: prepared }, isApplied);
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
      const rows = await orUnreadable(source.stream(stream, slice));
      return rows.map((row) => recordedEvent(line, row));
    },

    readAll: (request) => orUnreadable(readPage(request)),
    subscribe: (subscription) =>
      follow(
        {
          readAll: (request) => patiently(() => readPage(request)),
          headSignal,
          isClosed: calls.isClosed,
          passApplied,
        },
        subscription,
      ),

    async head() {
      const head = await orUnreadable(source.head());
      return head === 0 ? undefined : positionText(line, head);
    },

    close: () => calls.close(),
  };
}

/** How often somebody who follows the log reads again what the disk failed to read, and after which time, milliseconds. */
const readAgain = { times: 30, afterMs: 1_000 } as const;

/** A disk that cannot be read for a moment ends nobody who follows the log. One that stays so does, with what it said. */
async function patiently<Result>(read: () => Promise<Result>): Promise<Result> {
  for (let time = 1; ; time++) {
    try {
      return await read();
    } catch (error) {
      if (!isReadError(error) || time > readAgain.times) throw error;
    }
    await delay(readAgain.afterMs, undefined, { ref: false });
  }
}

/** Tells who reads once what he can do: try again. */
async function orUnreadable<Result>(read: Promise<Result>): Promise<Result> {
  try {
    return await read;
  } catch (error) {
    if (!isReadError(error)) throw error;
    throw new EventStoreError("LOG_UNREADABLE", `the log cannot be read: ${describeError(error)}`, {
      cause: error,
    });
  }
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
