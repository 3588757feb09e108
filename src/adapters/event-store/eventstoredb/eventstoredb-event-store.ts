import {
  type EventStore,
  EventStoreError,
  type LogPage,
  type ReadAll,
} from "../../../domain/ports/event-store.ts";
import { follow } from "../follow.ts";
import { createHeadSignal } from "../head-signal.ts";
import type { Restored } from "../sqlite/fence.ts";
import type { Witness } from "../sqlite/witness.ts";
import { acceptAppends } from "./accept.ts";
import { createAppend } from "./append.ts";
import { createClient } from "./client.ts";
import { createConnection } from "./connection.ts";
import { readConnectionString } from "./connection-string.ts";
import type { LastWitness } from "./continuation.ts";
import { createEngineIdentity } from "./identity.ts";
import { createKnown } from "./known.ts";
import { createLeadershipRegister, type LeadershipRegister } from "./leadership-register.ts";
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
  /** What the last process here saw of the log: should the engine's be older, it is fenced. (Default: none did) */
  readonly witness?: LastWitness;
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

/** The log, and whether the engine is there. */
export interface EngineStore extends EventStore {
  /** Asks which log the engine holds. Resolves, when it is the same as before, to how far it was seen. @throws Error */
  ping(): Promise<Witness>;
  /** Why this incarnation of the log began; `undefined`: with the log itself. @throws EventStoreError */
  restored(): Promise<Restored | undefined>;
  readonly leadership: LeadershipRegister;
}

const defaultLimits: EventStoreDbLimits = { appendMs: 15_000, readMs: 10_000, callMs: 4_000, lookMs: 5_000 };

/**
 * The log in EventStoreDB or KurrentDB, an engine of its own. Comes back at once: the engine may be away, then and
 * later, and is asked again by itself.
 *
 * @throws Error for a connection string that is none
 */
export function openEventStoreDb(options: EventStoreDbOptions): EngineStore {
  const limits = { ...defaultLimits, ...options.limits };
  const closed = new AbortController();
  const isClosed = () => closed.signal.aborted;
  const { connections, identity, register, reader, reading, appends } = parts(options, limits, isClosed);
  const headSignal = createHeadSignal();
  let stopTail: (() => void) | undefined;
  let closing: Promise<void> | undefined;

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
    ping: identity.check,
    restored: () => reading(identity.restored),
    leadership: register,

    subscribe(subscription) {
      const { callMs: confirmMs, lookMs } = limits;
      stopTail ??= watchTail({
        connection: connections.tail,
        onGrown: headSignal.raise,
        onConfirmed: identity.check,
        random: options.random,
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

/** What a store is made of. */
function parts(options: EventStoreDbOptions, limits: EventStoreDbLimits, isClosed: () => boolean) {
  const { clock, random, randomHex, connectionString, witness } = options;
  const { url, credentials } = readConnectionString(connectionString);
  const connect = () => {
    const create = () => createClient(url);
    return createConnection(create, () => identity.doubt());
  };
  // Apart, because a call that fails takes others on its channel with it.
  const connections = { appends: connect(), reads: connect(), tail: connect() };
  const reads = createEngineReads(connections.reads, limits.callMs);
  const write = createEngineWrite(connections.appends, { credentials, limitMs: limits.callMs });
  const known = createKnown();
  const identity = createEngineIdentity({
    ...{ reads, write, randomHex, witness, lastSeen: known.last },
    settleMs: limits.callMs,
  });
  const common = { reads, identity: identity.get, known, random };
  const appendToEngine = createAppend({ ...common, write, clock });

  return {
    connections,
    identity,
    register: createLeadershipRegister({ reads, write }),
    ...createEngineReader({ ...common, limitMs: limits.readMs, isClosed }),
    appends: acceptAppends({ appendToEngine, limitMs: limits.appendMs, isClosed }),
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
