import { setTimeout as pause } from "node:timers/promises";
import type { EventData } from "@eventstore/db-client";
import { EventStoreError } from "../../../domain/ports/event-store.ts";
import type { LogIdentity } from "../position.ts";
import { incarnationText, type Restored } from "../sqlite/fence.ts";
import { movedError } from "../sqlite/moved-away.ts";
import type { Witness } from "../sqlite/witness.ts";
import { incarnationAfter, type LastWitness, olderThanWitness, refuseEmpty } from "./continuation.ts";
import { identityStream, isOfLog, standing } from "./envelope.ts";
import { failureOf } from "./failure.ts";
import type { LogPlace } from "./known.ts";
import { type NamedLog, nameEvent, readLogName } from "./log-name.ts";
import type { EngineReads } from "./reads.ts";
import type { EngineWrite } from "./write.ts";

/** Events of the engine that are looked at together. */
const pageEvents = 500;

export interface IdentifyOptions {
  readonly reads: EngineReads;
  readonly write: EngineWrite;
  /** Random hex digits, as many as asked for. */
  readonly randomHex: (digits: number) => string;
  /** The last event that was seen in the log; `undefined`: none was. */
  readonly lastSeen: () => LogPlace | undefined;
  /** What was seen in it before this process. */
  readonly witness: LastWitness;
  /** A log that seems older is looked at once more after so long: a node may be behind for a moment. Milliseconds. */
  readonly settleMs: number;
}

export interface EngineIdentity {
  /**
   * Which log the engine holds. The first process gives it a name; of several that try, the engine takes one's, and
   * all use that. A log that is older than the witness gets its next incarnation first.
   */
  get(): Promise<LogIdentity>;
  /** Why the incarnation began, whenever that was; `undefined`: with the log. */
  restored(): Promise<Restored | undefined>;
  /**
   * Asks again: an engine that came back may have lost its log, or hold an older one. Nothing is done in it then.
   * Resolves to what stands in it.
   */
  check(): Promise<Witness>;
  /** The engine was away: `get` asks again before anything is written. */
  doubt(): void;
}

export function createEngineIdentity(options: IdentifyOptions): EngineIdentity {
  const { reads, lastSeen } = options;
  let identity: Promise<NamedLog> | undefined;
  let isDoubted = false;
  let checking: Promise<Witness> | undefined;

  async function first(): Promise<NamedLog> {
    const asked = identity ?? begin(options);
    identity = asked;
    try {
      return await asked;
    } catch (error) {
      if (identity === asked && !(error instanceof LogChangedError)) identity = undefined;
      throw error;
    }
  }

  async function askAgain(): Promise<Witness> {
    isDoubted = false;
    try {
      const { logId, incarnation } = await first();
      const seen = lastSeen();
      const now = await named(reads);
      const isSame = now?.logId === logId && now.incarnation === incarnation;
      if (isSame && (!seen || (await stands(seen, reads)))) {
        return { logId, incarnation, position: seen?.position ?? 0, hash: seen?.hash ?? "" };
      }
    } catch (error) {
      isDoubted = true;
      throw error;
    }
    const changed = new LogChangedError();
    identity = Promise.reject(changed);
    identity.catch(() => undefined);
    throw changed;
  }

  function check(): Promise<Witness> {
    checking ??= askAgain().finally(() => {
      checking = undefined;
    });
    return checking;
  }

  return {
    check,
    restored: async () => (await first()).restored,
    doubt() {
      isDoubted = true;
    },

    async get() {
      const log = await first();
      if (isDoubted || checking !== undefined) await check();
      return log;
    },
  };
}

/** Whether the event is where it was: it is not when older files were put under the engine. */
async function stands({ position, hash }: LogPlace, { all }: EngineReads): Promise<boolean> {
  try {
    const [event] = await all(position, 1);
    if (!event || !isOfLog(event)) return false;
    const found = standing(event);
    return found.position === position && found.hash === hash;
  } catch (error) {
    if (failureOf(error) === "no-position") return false;
    throw error;
  }
}

/** Stays until the process is started again: what it knows is of another log. */
class LogChangedError extends EventStoreError {
  constructor() {
    super("LOG_DAMAGED", "the engine holds another log than when the service started, or an older one");
  }
}

async function named({ newest }: EngineReads): Promise<NamedLog | undefined> {
  const event = await newest(identityStream);
  const name = event && readLogName(event);
  if (name?.movedTo !== undefined) throw movedError("this engine", name.movedTo);
  return name;
}

async function begin(options: IdentifyOptions, isSettled = false): Promise<NamedLog> {
  const { reads, witness, randomHex, settleMs } = options;
  const found = await named(reads);
  if (!found) {
    refuseEmpty(witness);
    return nameNew(options);
  }
  const restored = await olderThanWitness(witness, found, (seen) => stands(seen, reads));
  if (!restored) return found;
  if (!isSettled) {
    await pause(settleMs);
    return begin(options, true);
  }
  const { logId, revision } = found;
  const incarnation = incarnationAfter(witness, found, randomHex(8));
  await writeName(options, nameEvent({ logId, incarnation }, restored), revision);
  // Ours, or that of another process which has noticed the same.
  return begin(options);
}

async function nameNew(options: IdentifyOptions): Promise<NamedLog> {
  const { reads, randomHex } = options;
  const stranger = await strangerIn(reads);
  if (stranger === undefined) {
    const incarnation = incarnationText(1, randomHex(8));
    await writeName(options, nameEvent({ logId: randomHex(16), incarnation }), undefined);
  }
  const written = await named(reads);
  if (written) return written;
  const message = `the engine holds stream ${stranger}: Ironledger needs an engine of its own`;
  throw new EventStoreError("LOG_DAMAGED", message);
}

async function writeName(
  { write }: IdentifyOptions,
  name: EventData,
  behind: number | undefined,
): Promise<void> {
  try {
    await write(identityStream, [name], behind);
  } catch (error) {
    if (failureOf(error) !== "conflict") throw error;
  }
}

/**
 * A stream in an engine that has no name yet: somebody else's, unless another process has just named the log. An engine
 * with other people's events is not taken for a log, whose order must have no gap.
 */
async function strangerIn({ all }: EngineReads): Promise<string | undefined> {
  for (let from: number | undefined; ; ) {
    const events = await all(from, pageEvents);
    const stranger = events.find(isOfLog);
    if (stranger) return stranger.event?.streamId;
    if (events.length < pageEvents) return undefined;
    from = Number(events.at(-1)?.event?.position?.commit ?? 0);
  }
}
