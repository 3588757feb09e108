import type { Position } from "../../domain/ports/event-store.ts";
import { mergedPages, type OrdinalPage, ordinalPages } from "../ordinal-page.ts";
import { tableReader } from "../table-reader.ts";
import type { ViewConnection } from "../view-connection.ts";
import { type EventIndexRow, eventTables } from "./events-index.ts";

/** Which events: all given conditions must hold. */
export interface EventsFilter {
  readonly stream?: string;
  /** Any of these. */
  readonly types?: readonly string[];
  readonly actor?: string;
  readonly correlationId?: string;
  /** First moment, milliseconds UTC, included. */
  readonly fromMs?: number;
  /** First moment that no longer belongs, milliseconds UTC. */
  readonly untilMs?: number;
}

export interface EventsIndexReader {
  /** In the order of the log. */
  list(filter: EventsFilter, page: OrdinalPage): readonly EventIndexRow[];
  findById(id: string): EventIndexRow | undefined;
  /** The event at a position; `undefined` when the view has no such event. */
  findByPosition(position: Position): EventIndexRow | undefined;
  /** Just before an event, to read its data with `readAll({ after, limit: 1 })`; `undefined` before the first. */
  positionBefore(ordinal: number): Position | undefined;
  /** The last event that is not later than this moment; `undefined` when there is none. */
  lastUntil(timeMs: number): EventIndexRow | undefined;
}

export function eventsIndexReader(connection: ViewConnection): EventsIndexReader {
  const event = tableReader(connection, eventTables, "event");
  const byId = event.one("WHERE id = ?");
  const byPosition = event.one("WHERE position = ?");
  const byOrdinal = event.one("WHERE ordinal = ?");
  const lastUntil = event.one("WHERE timeMs <= ? ORDER BY timeMs DESC, ordinal DESC LIMIT 1");
  const firstFrom = event.one("WHERE timeMs >= ? ORDER BY timeMs, ordinal LIMIT 1");
  const pagesOf = eventPages(connection);

  /** Times never go back in the log, so a span of time is a span of ordinals. */
  function firstOrdinal(fromMs: number): number {
    return firstFrom(fromMs)?.ordinal ?? Number.MAX_SAFE_INTEGER;
  }

  return {
    list(filter, page) {
      const { fromMs, untilMs } = filter;
      const first = fromMs === undefined ? 0 : firstOrdinal(fromMs);
      const last = untilMs === undefined ? Number.MAX_SAFE_INTEGER : firstOrdinal(untilMs) - 1;
      return pagesOf(filter, page, { first, last });
    },
    findById: (id) => byId(id),
    findByPosition: (position) => byPosition(position),
    positionBefore: (ordinal) => byOrdinal(ordinal - 1)?.position,
    lastUntil: (timeMs) => lastUntil(timeMs),
  };
}

/**
 * Picks the index that answers. What follows from one cause, and what is in one stream, is little: there the
 * other conditions are looked at row by row. An actor's and a type's events are many, so they have indexes for
 * every combination.
 */
function eventPages(connection: ViewConnection) {
  const event = tableReader(connection, eventTables, "event");
  const any = "(?2 IS NULL OR actor = ?2) AND (?3 IS NULL OR type IN (SELECT value FROM json_each(?3)))";
  const byCorrelation = ordinalPages(event, `correlationId = ?1 AND ${any} AND (?4 IS NULL OR stream = ?4)`);
  const byStream = ordinalPages(event, `stream = ?1 AND ${any}`);
  const byActorAndType = ordinalPages(event, "actor = ? AND type = ?");
  const byActor = ordinalPages(event, "actor = ?");
  const byType = ordinalPages(event, "type = ?");
  const all = ordinalPages(event, "");

  return ({ correlationId, stream, actor, types }: EventsFilter, ...page: PageOfSpan) => {
    const rest = [actor ?? null, types ? JSON.stringify(types) : null];
    if (correlationId !== undefined) return byCorrelation([correlationId, ...rest, stream ?? null], ...page);
    if (stream !== undefined) return byStream([stream, ...rest], ...page);
    if (types) {
      const pages = [...new Set(types)].map((type) =>
        actor === undefined ? byType([type], ...page) : byActorAndType([actor, type], ...page),
      );
      return mergedPages(pages, page[0]);
    }
    return actor === undefined ? all([], ...page) : byActor([actor], ...page);
  };
}

type PageOfSpan = readonly [page: OrdinalPage, span: Parameters<ReturnType<typeof ordinalPages>>[2]];
