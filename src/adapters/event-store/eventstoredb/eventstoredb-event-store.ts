import {
  type EventStore,
  EventStoreError,
  type LogPage,
  type ReadAll,
} from "../../../domain/ports/event-store.ts";
import { follow } from "../follow.ts";
import { createHeadSignal } from "../head-signal.ts";
import { acceptAppends } from "./accept.ts";
import { createAppend } from "./append.ts";
import { createClient } from "./client.ts";
import { createConnection } from "./connection.ts";
import { readConnectionString } from "./connection-string.ts";
import { createEngineIdentity } from "./identity.ts";
import { createKnown } from "./known.ts";
import { type Random, within } from "./persist.ts";
import { createEngineReader } from "./reader.ts";
import { createEngineReads } from "./reads.ts";
import { watchTail } from "./tail.ts";
import { createEngineWrite } from "./write.ts";

export interface EventStoreDbOptions {
  /** `esdb://user:password@host:port?tls=…`, with several hosts or `esdb+discover` for a cluster. */
  readonly connectionString: string;
  readonly clock: () => Date;
  /** 0 up to, not including, 1. Spreads what several processes try again. */
  readonly random: Random;
  /** Random hex digits, as many as asked for: the name of a new log. */
  readonly randomHex: (digits: number) => string;
  readonly limits?: Partial<EventStoreDbLimits>;
}

/** All in milliseconds. */
export interface EventStoreDbLimits {
  /** For an append, from its acceptance to its answer. (Default: 15,000) */
  readonly appendMs: number;
  /** For a read, however often it is tried; none for the events of a long answer as long as they come. (Default: 10,000) */
  readonly readMs: number;
  /** For one call of the engine, or for its next word. (Default: 4,000) */
  readonly callMs: number;
  /** After which followers look at the log although the engine told nothing. (Default: 5,000) */
  readonly lookMs: number;
}

const defaultLimits: EventStoreDbLimits = { appendMs: 15_000, readMs: 10_000, callMs: 4_000, lookMs: 5_000 };

/**
 * The log in EventStoreDB or KurrentDB, an engine of its own. Comes back at once: the engine may be away, then and
 * later, and is asked again by itself.
 *
 * @throws Error for a connection string that is none
 */
export function openEventStoreDb(options: EventStoreDbOptions): EventStore {
  const { clock, random, randomHex, connectionString } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const { url, credentials } = readConnectionString(connectionString);
  const connect = () => createConnection(() => createClient(url));
  // Apart, because a call that fails takes others on its channel with it.
  const connections = { appends: connect(), reads: connect(), tail: connect() };
  const reads = createEngineReads(connections.reads, limits.callMs);
  const write = createEngineWrite(connections.appends, { credentials, limitMs: limits.callMs });
  const engineIdentity = createEngineIdentity({ reads, write, randomHex });
  const identity = engineIdentity.get;
  const known = createKnown();
  const headSignal = createHeadSignal();
  let stopTail: (() => void) | undefined;
  let closing: Promise<void> | undefined;
  const closed = new AbortController();
  const isClosed = () => closed.signal.aborted;

  const reader = createEngineReader({ reads, identity, known, random, limitMs: limits.readMs, isClosed });
  const appendToEngine = createAppend({ identity, reads, write, known, clock, random });
  const appends = acceptAppends({ appendToEngine, limitMs: limits.appendMs, isClosed });

  async function end(): Promise<void> {
    closed.abort();
    stopTail?.();
    headSignal.raise();
    // By then all are answered; what the engine still says to them is of no use.
    await within(limits.appendMs, appends.idle()).catch(() => undefined);
    await Promise.all(Object.values(connections).map((connection) => connection.close()));
  }

  return {
    ...reader,
    append: appends.append,

    subscribe(subscription) {
      const { callMs: confirmMs, lookMs } = limits;
      const onGrown = headSignal.raise;
      const { check: onConfirmed } = engineIdentity;
      stopTail ??= watchTail({
        connection: connections.tail,
        onGrown,
        onConfirmed,
        random,
        confirmMs,
        lookMs,
      });
      const left = AbortSignal.any([subscription.signal, closed.signal]);
      const readAll = (page: ReadAll) => untilLeft(left, reader.readAll(page));
      return follow({ readAll, headSignal, isClosed }, subscription);
    },

    close() {
      closing ??= end();
      return closing;
    },
  };
}

/** A page, or the news that nobody waits for it any more: the engine may be silent for long. */
async function untilLeft(left: AbortSignal, page: Promise<LogPage>): Promise<LogPage> {
  const { promise, reject } = Promise.withResolvers<never>();
  const leave = () => reject(new EventStoreError("LOG_CLOSED", "nobody follows the log any more"));
  if (left.aborted) leave();
  left.addEventListener("abort", leave);
  try {
    return await Promise.race([page, promise]);
  } finally {
    left.removeEventListener("abort", leave);
  }
}
