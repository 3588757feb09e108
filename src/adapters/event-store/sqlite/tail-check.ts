import type { DatabaseSync } from "node:sqlite";
import { EventStoreError } from "../../../domain/ports/event-store.ts";
import { eventHash } from "../../../proof/event-hash.ts";
import { pageEventsMax } from "../page.ts";
import { type EventRow, eventRowColumns, uuidText } from "./rows.ts";
import { describeError, isDamage } from "./sqlite-error.ts";

/** How many of the newest events are looked at one by one: more than one unclean stop can have touched. */
const tailEvents = 10_000;

/** An event, and where the two indexes and the chain of its stream lead from it. */
type CheckedRow = readonly [
  ...EventRow,
  positionById: number | null,
  positionByRevision: number | null,
  previousHash: string | null,
];

/**
 * Looks at a log that was not closed cleanly before anything is written to it: no event is missing, and each
 * of the newest has the hash that it should have and is found by its id and by its place in its stream.
 *
 * @throws EventStoreError `LOG_DAMAGED`, which names the last good event
 */
export function checkTail(database: DatabaseSync): void {
  let good = 0;
  try {
    const count = numberOf(database, "SELECT count(*) FROM event");
    const head = numberOf(database, "SELECT coalesce(max(position), 0) FROM event");
    good = Math.max(0, head - tailEvents);
    for (const row of rowsAfter(database, good)) {
      const fault = faultOf(row, good + 1);
      if (fault) throw damaged(good, fault);
      good++;
    }
    if (count !== head || good !== head)
      throw damaged(good, `${count} events, and the newest is number ${head}`);
  } catch (error) {
    if (!isDamage(error)) throw error;
    throw damaged(good, describeError(error));
  }
}

function numberOf(database: DatabaseSync, sql: string): number {
  return Number(Object.values(database.prepare(sql).get() ?? {})[0]);
}

function* rowsAfter(database: DatabaseSync, position: number): Generator<CheckedRow> {
  const statement = database.prepare(
    `SELECT ${eventRowColumns},
        (SELECT position FROM event WHERE id = e.id),
        (SELECT position FROM event WHERE stream = e.stream AND revision = e.revision),
        (SELECT lower(hex(hash)) FROM event WHERE stream = e.stream AND revision = e.revision - 1)
      FROM event AS e JOIN stream AS s ON s.id = e.stream
      WHERE e.position > ? ORDER BY e.position LIMIT ${pageEventsMax}`,
  );
  statement.setReturnArrays(true);
  for (let after = position; ; ) {
    // With arrays asked for, a row is the array of its columns; the library's type knows only objects.
    const rows = statement.all(after) as unknown as readonly CheckedRow[];
    yield* rows;
    if (rows.length < pageEventsMax) return;
    after = rows.at(-1)?.[0] ?? after;
  }
}

function faultOf(row: CheckedRow, expected: number): string | undefined {
  const [position, stream, revision, id, type, schema, time, data, meta, hash, byId, byRevision, previous] =
    row;
  if (position !== expected) return `event ${expected} is missing`;
  if (byId !== position) return `event ${position} is not found by its id`;
  if (byRevision !== position) return `event ${position} is not found by its place in ${stream}`;
  if (previous === null && revision > 0) return `the event before event ${position} in ${stream} is missing`;

  const event = { stream, revision, id: uuidText(id), type, schema, time, data, meta };
  return eventHash(previous ?? undefined, event) === hash
    ? undefined
    : `event ${position} does not match its hash`;
}

function damaged(good: number, why: string): EventStoreError {
  const message = `the log is damaged: ${why}; the last good event is number ${good}. Restore a backup`;
  return new EventStoreError("LOG_DAMAGED", message);
}
