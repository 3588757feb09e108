import type { DatabaseSync } from "node:sqlite";
import { EventStoreError } from "../../../domain/ports/event-store.ts";
import { eventHash } from "../../../proof/event-hash.ts";
import { sealedThrough } from "./archive/seal.ts";
import { type EventRow, eventRowColumns, uuidText } from "./rows.ts";
import { describeError, isDamage } from "./sqlite-error.ts";

/** Octets of the newest events that are looked at one by one, at least. */
export const tailBytesMin = 1024 * 1024;

/** What an event takes beside its texts, octets, at least: so the number of events that are looked at has a bound too. */
const eventBytesMin = 64;

/** An event, and where the two indexes and the chain of its stream lead from it. */
type CheckedRow = readonly [
  ...EventRow,
  positionById: number | null,
  positionByRevision: number | null,
  previousHash: string | null,
];

/**
 * Looks at a log that was not closed cleanly before anything is written to it: of the newest events none is missing, and
 * each has the hash that it should have and is found by its id and by its place in its stream. What is older was in the
 * database, and on the disk, before the write-ahead log was begun anew; how long the log is does not matter.
 *
 * @param walBytes length of the write-ahead log: what it may have changed is no more than events of so many octets
 * @throws EventStoreError `LOG_DAMAGED`, which names the last good event
 */
export function checkTail(database: DatabaseSync, walBytes = 0): void {
  let good = 0;
  try {
    const { head, before } = tailOf(database, Math.max(tailBytesMin, walBytes));
    good = before;
    for (const row of rowsAfter(database, before)) {
      const fault = faultOf(row, good + 1);
      if (fault) throw damaged(good, fault);
      good++;
    }
    if (good !== head) throw damaged(good, `the newest event is number ${head}`);
  } catch (error) {
    if (!isDamage(error)) throw error;
    throw damaged(good, describeError(error));
  }
}

/** The newest event, and the one before the newest events of so many octets; 0: there is none. */
function tailOf(database: DatabaseSync, bytes: number): { readonly head: number; readonly before: number } {
  const newest = database.prepare(
    `SELECT position, octet_length(data) + octet_length(meta) AS bytes FROM event WHERE position > ?
      ORDER BY position DESC`,
  );
  // Up to the seal events are in an archive, and only some here as well.
  const sealed = sealedThrough(database);
  let head: number | undefined;
  let left = bytes;
  for (const row of newest.iterate(sealed)) {
    const position = Number(row["position"]);
    head ??= position;
    if (left <= 0) return { head, before: position };
    left -= Number(row["bytes"]) + eventBytesMin;
  }
  return { head: head ?? sealed, before: sealed };
}

function rowsAfter(database: DatabaseSync, position: number): Iterable<CheckedRow> {
  const statement = database.prepare(
    `SELECT ${eventRowColumns},
        (SELECT position FROM event WHERE id = e.id),
        (SELECT position FROM event WHERE stream = e.stream AND revision = e.revision),
        (SELECT lower(hex(hash)) FROM event WHERE stream = e.stream AND revision = e.revision - 1)
      FROM event AS e JOIN stream AS s ON s.id = e.stream
      WHERE e.position > ? ORDER BY e.position`,
  );
  statement.setReturnArrays(true);
  // With arrays asked for, a row is the array of its columns; the library's type knows only objects.
  return statement.iterate(position) as unknown as Iterable<CheckedRow>;
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
