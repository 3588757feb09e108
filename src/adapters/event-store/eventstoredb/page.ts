import type { ResolvedEvent } from "@eventstore/db-client";
import { type EventFilter, EventStoreError, type ReadAll } from "../../../domain/ports/event-store.ts";
import { passes } from "../event-filter.ts";
import { isOfLog, type Standing, standing } from "./envelope.ts";
import { failureOf } from "./failure.ts";
import type { LogPlace } from "./known.ts";
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
  /** The last event that was looked at; `undefined`: none was. */
  readonly last: LogPlace | undefined;
}

export interface EnginePageRequest {
  /** 0: from the beginning. */
  readonly after: number;
  readonly limit: number;
  readonly filter: ReadAll["filter"];
}

/** The log's order, read through the engine's own events and the claims to the leadership. */
export interface EnginePages {
  /**
   * A page of the log. What is not of the log is stepped over and never a page's position: it may be scavenged.
   *
   * @throws EventStoreError `POSITION_UNKNOWN` unless an event of the log begins at `after`
   */
  read(request: EnginePageRequest): Promise<EnginePage>;
  /** The position of the log's newest event. */
  newest(): Promise<number | undefined>;
}

/** A stretch of the engine's log that has nothing of the log: behind one of its events, up to a position. */
interface Quiet {
  /** 0: the log is empty. */
  readonly after: number;
  readonly through: number;
}

/**
 * Remembers what was stepped over at the end: in an idle log claims come all the time, and each is looked at once. An
 * engine that fails may come back with another end.
 */
export function createPages(reads: EngineReads): EnginePages {
  let quiet: Quiet | undefined;

  async function unlessAway<Answer>(answer: Promise<Answer>): Promise<Answer> {
    try {
      return await answer;
    } catch (error) {
      quiet = undefined;
      throw error;
    }
  }

  function ended(page: EnginePage, last: ResolvedEvent | undefined): EnginePage {
    if (last) quiet = { after: page.position ?? 0, through: positionOf(last) };
    return page;
  }

  async function readFrom(
    start: number | undefined,
    { after, limit, filter = {} }: EnginePageRequest,
  ): Promise<EnginePage> {
    const page = createPage(after, { limit, filter });
    for (let from = start; ; ) {
      // One more than fills the page, to see whether it is the end; and the one at `from`, which was looked at.
      const count = Math.min(askedMax, limit + 1) + 1;
      const asked = await reads.all(from, count);
      if (after > 0 && from === after) refuseUnlessAt(after, asked[0]);
      const behind = asked.filter((event) => positionOf(event) !== from);
      if (!behind.filter(isOfLog).every(page.take)) return page.result(false);
      const last = asked.at(-1);
      if (asked.length < count) return ended(page.result(true), last);
      from = positionOf(last);
    }
  }

  async function newestPosition(): Promise<number | undefined> {
    const known = quiet;
    let count = askedForNewest;
    let asked = await reads.allBackwards(undefined, count);
    const [last] = asked;
    while (endIn(asked, known) === undefined && asked.length === count) {
      count = askedMax;
      asked = await reads.allBackwards(positionOf(asked.at(-1)), count);
    }
    const after = endIn(asked, known) ?? 0;
    if (last) quiet = { after, through: positionOf(last) };
    return after === 0 ? undefined : after;
  }

  return {
    async read(request) {
      const start = startAt(request.after);
      const stepped = quiet?.after === request.after ? quiet.through : start;
      try {
        return await unlessAway(readFrom(stepped, request));
      } catch (error) {
        if (stepped === start || failureOf(error) !== "no-position") throw error;
        return readFrom(start, request);
      }
    },
    newest: () => unlessAway(newestPosition()),
  };
}

/** Where the log ends, 0 when it is empty, as far as these events tell, the newest first. */
function endIn(asked: readonly ResolvedEvent[], quiet: Quiet | undefined): number | undefined {
  for (const event of asked) {
    if (isOfLog(event)) return positionOf(event);
    if (quiet && positionOf(event) <= quiet.through) return quiet.after;
  }
  return undefined;
}

/** The engine's positions are 64 bits wide; none of a log that exists has more than the 53 that are exact here. */
function startAt(after: number): number | undefined {
  if (!Number.isSafeInteger(after)) throw unknownPosition(after);
  return after === 0 ? undefined : after;
}

function createPage(after: number, { limit, filter }: { limit: number; filter: EventFilter }) {
  const events: Standing[] = [];
  let position = startAt(after);
  let last: LogPlace | undefined;
  let looked = 0;

  return {
    /** False, and nothing taken, when the page is full. */
    take(resolved: ResolvedEvent): boolean {
      if (events.length === limit || looked === lookedMax) return false;
      const event = standing(resolved);
      looked++;
      position = event.position;
      last = { position, hash: event.hash };
      if (passes(event, filter)) events.push(event);
      return true;
    },
    result: (caughtUp: boolean): EnginePage => ({ events, position, caughtUp, last }),
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
