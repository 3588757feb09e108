import type { ResolvedEvent } from "@eventstore/db-client";
import {
  type AppendResult,
  EventStoreError,
  type ExpectedRevision,
} from "../../../domain/ports/event-store.ts";
import { eventHash } from "../../../proof/event-hash.ts";
import { appended, place } from "../placement.ts";
import type { LogIdentity } from "../position.ts";
import type { PreparedEvent } from "../prepare.ts";
import { eventData, standing } from "./envelope.ts";
import { failureOf, portError } from "./failure.ts";
import type { Known, StreamHead } from "./known.ts";
import { type Deadline, msUntil, persist, type Random } from "./persist.ts";
import type { EngineReads } from "./reads.ts";
import type { EngineWrite } from "./write.ts";

/** What one decision on one stream produced, on its way to the engine. */
export interface Append {
  readonly stream: string;
  readonly expectedRevision: ExpectedRevision;
  readonly events: readonly PreparedEvent[];
}

export interface AppendTools {
  readonly identity: () => Promise<LogIdentity>;
  readonly reads: EngineReads;
  readonly write: EngineWrite;
  readonly known: Known;
  readonly clock: () => Date;
  readonly random: Random;
}

export type AppendToEngine = (append: Append, deadline: Deadline) => Promise<AppendResult>;

/** Events before the newest that are looked through for a repeated append to a stream that was not seen before. */
const lookBack = 64;

/**
 * Appends by turns of looking and writing. A write is never believed: whatever the engine answered or did not, the
 * stream tells what stands in it. The same ids at the same revision can be written again and again, the engine takes
 * them once; and when others hold the revision, a write that was on its way to it cannot arrive any more.
 */
export function createAppend(tools: AppendTools): AppendToEngine {
  const { identity, known, random } = tools;

  /** What became of the append, as far as the stream tells; `undefined`: it can be written behind the head. */
  async function settled(append: Append, head: StreamHead | undefined): Promise<AppendResult | undefined> {
    const { stream, expectedRevision, events } = append;
    const ids = events.map(({ id }) => id);
    const actualRevision = head?.revision ?? "no-stream";
    const placement = place({ stream, expectedRevision, ids }, { actualRevision, find: known.find });
    if (placement.outcome === "conflict") return placement;
    return placement.outcome === "repeated" ? appended(await identity(), placement.last) : undefined;
  }

  async function turn(append: Append, attempt: Attempt): Promise<AppendResult> {
    await identity();
    const head = attempt.head === "unknown" ? await look(tools, append, attempt.behind) : attempt.head;
    attempt.head = "unknown";
    const before = await settled(append, head);
    if (before) return before;
    attempt.behind = head?.revision ?? "no-stream";
    await writeBehind(tools, append, head);
    const after = await settled(append, await look(tools, append, attempt.behind));
    if (after) return after;
    throw new Error(`the engine wrote nothing to stream ${append.stream}, or others were faster`);
  }

  return async (append, deadline) => {
    if (msUntil(deadline) === 0) {
      throw new EventStoreError("LOG_READ_ONLY", "the engine does not keep up: nothing was appended");
    }
    try {
      const attempt = firstAttempt(append, known);
      return await persist(() => turn(append, attempt), { deadline, random });
    } catch (error) {
      throw portError(error, "LOG_READ_ONLY");
    }
  };
}

interface Attempt {
  /** The stream's newest event, `undefined` when it has none. */
  head: StreamHead | undefined | "unknown";
  /** The revision behind which the events belong, or went; `any`: none is known. */
  behind: ExpectedRevision;
}

/** Takes the newest event that was seen for the newest: should that be wrong, the engine refuses the write. */
function firstAttempt({ stream, expectedRevision, events }: Append, known: Known): Attempt {
  const head = known.head(stream);
  const behind = expectedRevision === "any" ? (head?.revision ?? "any") : expectedRevision;
  const isThere = behind === (head?.revision ?? "no-stream");
  return { head: isThere && !events.some(({ id }) => known.find(id)) ? head : "unknown", behind };
}

/** The stream's newest event, after seeing what stands behind a revision. */
async function look(
  { reads, known }: AppendTools,
  { stream, events }: Append,
  behind: ExpectedRevision,
): Promise<StreamHead | undefined> {
  const see = (event: ResolvedEvent) => known.see(standing(event));
  const from = behind === "any" ? await reads.newest(stream) : behind;
  if (from === undefined) return undefined;
  const first = typeof from === "object" ? Math.max(0, standing(from).revision - lookBack) : from;
  const count = events.length + lookBack + 2;
  const seen = await reads.stream(stream, first === "no-stream" ? 0 : first, count);
  if (seen === undefined) return undefined;
  seen.forEach(see);
  if (seen.length === 0 || seen.length === count) {
    const newest = await reads.newest(stream);
    if (newest) see(newest);
  }
  return known.head(stream);
}

async function writeBehind(
  { write, known, clock }: AppendTools,
  { stream, events }: Append,
  head: StreamHead | undefined,
): Promise<void> {
  const time = Math.max(clock().getTime(), head?.time ?? 0, known.newestMs());
  let revision = head?.revision ?? -1;
  let hash = head?.hash;
  const data = events.map((event) => {
    hash = eventHash(hash, { ...event, stream, revision: ++revision, time });
    return eventData(event, time, hash);
  });
  try {
    await write(stream, data, head?.revision);
  } catch (error) {
    if (failureOf(error) !== "conflict") throw error;
  }
}
