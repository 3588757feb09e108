import type { ResolvedEvent } from "@eventstore/db-client";
import { type EventFilter, EventStoreError, type ReadAll } from "../../../domain/ports/event-store.ts";
import { passes } from "../event-filter.ts";
import { isOfLog, type Standing, standing } from "./envelope.ts";
import type { EngineReads } from "./reads.ts";

/** Most events of the log that a page looks at, whatever its filter lets through. */
const lookedMax = 4_000;

/** Most events that are asked of the engine at once, for a page and for the newest event. */
const askedMax = 1_000;
const askedForNewest = 32;

export interface EnginePage {
  readonly events: readonly Standing[];
  /** How far the page looked; `undefined` at the beginning of an empty log. */
  readonly position: number | undefined;
  readonly caughtUp: boolean;
}

export interface EnginePageRequest {
  /** 0: from the beginning. */
  readonly after: number;
  readonly limit: number;
  readonly filter: ReadAll["filter"];
}

/**
 * A page of the log. The engine's own events are stepped over and never a page's position: they may be scavenged.
 *
 * @throws EventStoreError `POSITION_UNKNOWN` unless an event of the log begins at `after`
 */
export async function readPage(
  reads: EngineReads,
  { after, limit, filter = {} }: EnginePageRequest,
): Promise<EnginePage> {
  const page = createPage(after, { limit, filter });
  let from = startAt(after);
  for (;;) {
    // One more than fills the page, to see whether it is the end; and the one at `from`, which was looked at.
    const count = Math.min(askedMax, limit + 1) + 1;
    const asked = await reads.all(from, count);
    if (from === after) refuseUnlessAt(after, asked[0]);
    for (const event of from === undefined ? asked : asked.slice(1)) {
      if (isOfLog(event) && !page.take(event)) return page.result(false);
    }
    if (asked.length < count) return page.result(true);
    from = positionOf(asked.at(-1));
  }
}

/** The position of the log's newest event. */
export async function newestPosition(reads: EngineReads): Promise<number | undefined> {
  let count = askedForNewest;
  for (let before: number | undefined; ; ) {
    const asked = await reads.allBackwards(before, count);
    const newest = asked.find(isOfLog);
    if (newest) return positionOf(newest);
    if (asked.length < count) return undefined;
    before = positionOf(asked.at(-1));
    count = askedMax;
  }
}

/** The engine's positions are 64 bits wide; none of a log that exists has more than the 53 that are exact here. */
function startAt(after: number): number | undefined {
  if (!Number.isSafeInteger(after)) throw unknownPosition(after);
  return after === 0 ? undefined : after;
}

function createPage(after: number, { limit, filter }: { limit: number; filter: EventFilter }) {
  const events: Standing[] = [];
  let position = startAt(after);
  let looked = 0;

  return {
    /** False, and nothing taken, when the page is full. */
    take(resolved: ResolvedEvent): boolean {
      if (events.length === limit || looked === lookedMax) return false;
      const event = standing(resolved);
      looked++;
      position = event.position;
      if (passes(event, filter)) events.push(event);
      return true;
    },
    result: (caughtUp: boolean): EnginePage => ({ events, position, caughtUp }),
  };
}

function positionOf(resolved: ResolvedEvent | undefined): number {
  return Number(resolved?.event?.position?.commit ?? 0);
}

function refuseUnlessAt(after: number, resolved: ResolvedEvent | undefined): void {
  if (resolved && isOfLog(resolved) && positionOf(resolved) === after) return;
  throw unknownPosition(after);
}

function unknownPosition(after: number): EventStoreError {
  return new EventStoreError("POSITION_UNKNOWN", `no event of the log begins at ${after}`);
}
