import type { DatabaseSync } from "node:sqlite";
import type { EventFilter, StreamSlice } from "../../../domain/ports/event-store.ts";
import { pageEventsMax } from "../page.ts";
import { refuseBeyondEnd } from "../position.ts";
import { createFewStreams } from "./few-streams.ts";
import { type EventRow, eventRowColumns } from "./rows.ts";

/** Most events that a page with a filter looks at, so that a rare match does not hold up its thread. */
const windowEvents = 10_000;

export interface RowPage {
  readonly rows: readonly EventRow[];
  /** How far the page looked. */
  readonly position: number;
  readonly caughtUp: boolean;
}

export interface RowPageRequest {
  /** Exclusive; 0 is the beginning. */
  readonly after: number;
  readonly limit: number;
  readonly filter: EventFilter | undefined;
}

/** Reads the log over one connection. Positions are numbers here. */
export interface LogReader {
  /** Position of the newest event, 0 when there is none. */
  head(): number;
  stream(name: string, slice: StreamSlice): readonly EventRow[];
  /** @throws EventStoreError `POSITION_UNKNOWN` when `after` is beyond the end */
  page(request: RowPageRequest): RowPage;
}

type Filtered = RowPageRequest & { readonly filter: EventFilter };

interface Looked {
  readonly rows: readonly EventRow[];
  /** How far was looked, unless the limit cut the rows short. */
  readonly until: number;
}

const from = "FROM event AS e JOIN stream AS s ON s.id = e.stream";

export function createLogReader(database: DatabaseSync): LogReader {
  const prepare = (sql: string) => {
    const statement = database.prepare(`SELECT ${sql}`);
    statement.setReturnArrays(true);
    // With arrays asked for, a row is the array of its columns; the library's type knows only objects.
    return (...values: (string | number | null)[]) =>
      statement.all(...values) as unknown as readonly EventRow[];
  };
  const selectHead = database.prepare("SELECT coalesce(max(position), 0) AS head FROM event");
  const streamPage = prepare(
    `${eventRowColumns} ${from} WHERE s.name = ? AND e.revision >= ?
      ORDER BY e.revision LIMIT ?`,
  );
  const streamNewest = prepare(
    `${eventRowColumns} ${from} WHERE s.name = ? AND e.revision >= ? ORDER BY e.revision DESC LIMIT 1`,
  );
  const logPage = prepare(
    `${eventRowColumns} ${from} WHERE e.position > ? AND e.position <= ? ORDER BY e.position LIMIT ?`,
  );
  const filteredPage = prepare(
    `${eventRowColumns} ${from} WHERE e.position > ?1 AND e.position <= ?2
      AND (?4 IS NULL OR s.category IN (SELECT value FROM json_each(?4)))
      AND (?5 IS NULL OR s.name IN (SELECT value FROM json_each(?5)))
      AND (?6 IS NULL OR e.type IN (SELECT value FROM json_each(?6)))
      ORDER BY e.position LIMIT ?3`,
  );
  // The index of (stream, revision) holds the position too, so what lies outside is passed over there.
  const streamsPage = prepare(
    `${eventRowColumns} ${from} WHERE e.stream IN (SELECT value FROM json_each(?7))
      AND e.position > ?1 AND e.position <= ?2
      AND (?4 IS NULL OR s.category IN (SELECT value FROM json_each(?4)))
      AND (?5 IS NULL OR s.name IN (SELECT value FROM json_each(?5)))
      AND (?6 IS NULL OR e.type IN (SELECT value FROM json_each(?6)))
      ORDER BY +e.position LIMIT ?3`,
  );
  const fewStreams = createFewStreams(database);
  const head = () => selectHead.get()?.["head"] as number;

  function filtered({ after, limit, filter }: Filtered, end: number): Looked {
    // Close to the end, going through the log is less work than finding the streams.
    const far = end - after > windowEvents;
    const streams = far ? fewStreams.meantBy(filter, windowEvents) : undefined;
    const until = streams ? end : Math.min(end, after + windowEvents);
    const rows = streams
      ? streamsPage(after, until, limit, ...conditions(filter), JSON.stringify(streams))
      : filteredPage(after, until, limit, ...conditions(filter));
    return { rows, until };
  }

  return {
    head,

    stream(name, { from: first = 0, limit = Number.MAX_SAFE_INTEGER, newestOnly = false }) {
      if (newestOnly) return streamNewest(name, first);
      const rows: EventRow[] = [];
      for (;;) {
        const wanted = Math.min(limit - rows.length, pageEventsMax);
        const page = streamPage(name, first + rows.length, wanted);
        rows.push(...page);
        if (page.length < wanted || rows.length === limit) return rows;
      }
    },

    page({ after, limit, filter }) {
      const end = head();
      refuseBeyondEnd(after, end);
      const { rows, until } = filter
        ? filtered({ after, limit, filter }, end)
        : { rows: logPage(after, end, limit), until: end };
      const position = rows.length < limit ? until : (rows.at(-1)?.[0] ?? until);
      return { rows, position, caughtUp: position === end };
    },
  };
}

function conditions({ categories, streams, types }: EventFilter): readonly (string | null)[] {
  return [categories, streams, types].map((names) => (names ? JSON.stringify(names) : null));
}
