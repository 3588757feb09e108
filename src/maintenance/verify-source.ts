import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { LogIdentity } from "../adapters/event-store/position.ts";
import { openForReading } from "../adapters/event-store/sqlite/connection.ts";
import { logFiles } from "../adapters/event-store/sqlite/log-files.ts";
import { createLogTable } from "../adapters/event-store/sqlite/log-table.ts";
import type { EventRow } from "../adapters/event-store/sqlite/rows.ts";
import { storedIdentity } from "../adapters/event-store/sqlite/session.ts";
import { describeError } from "../adapters/event-store/sqlite/sqlite-error.ts";
import { EventStoreError } from "../domain/ports/event-store.ts";
import { categoryOf } from "../domain/values/category.ts";

/** Events that are read at once. */
const pageEvents = 1_000;

/** An event that cannot be read, and what SQLite says of it. */
export interface Unreadable {
  readonly position: number;
  readonly why: string;
}

/**
 * The log of a data directory, read as it is stored, by a connection that cannot write: nothing is repaired, marked or
 * counted as a start. A service may be running on it.
 */
export interface StoredLog {
  readonly identity: LogIdentity;
  /** Position of the newest event when the log was opened. What comes later is not looked at. */
  readonly head: number;
  /** The events after a position, in their order. Ends where the file cannot be read any further. */
  rows(after: number): Generator<readonly EventRow[] | Unreadable>;
  /** How many rows the table of events has up to the head. */
  count(): number;
  /** Hashes of the events up to a position, in their order. */
  hashes(through: number): Generator<string>;
  /** The hash of an event; `undefined` when there is none. */
  hashOf(stream: string, revision: number): string | undefined;
  /** Streams that are filed under a category which is not theirs. */
  misfiledStreams(): readonly string[];
  close(): void;
}

/**
 * @param data the data directory
 * @throws EventStoreError `LOG_DAMAGED`, `LOG_NEWER`
 * @throws Error when there is no log
 */
export function openStoredLog(data: string): StoredLog {
  const { ledger } = logFiles(join(data, "log"));
  if (!existsSync(ledger)) {
    throw new Error(`${ledger} does not exist: name the data directory of a service that has run`);
  }
  const database = openForReading(ledger);
  const identity = storedIdentity(createLogTable(database));
  if (!identity) {
    database.close();
    throw new EventStoreError("LOG_DAMAGED", `${ledger} does not say which log it is`);
  }
  return { identity, ...queriesOf(database), close: () => database.close() };
}

function queriesOf(database: DatabaseSync) {
  const selectHead = database.prepare("SELECT coalesce(max(position), 0) AS head FROM event");
  const head = Number(selectHead.get()?.["head"]);
  // All rows are counted by the smallest index, some of them by reading them. One statement sees one state of the log.
  const selectCount = database.prepare(
    "SELECT (SELECT count(*) FROM event) - (SELECT count(*) FROM event WHERE position > ?) AS count",
  );
  const selectHash = database.prepare(
    `SELECT lower(hex(e.hash)) AS hash FROM event AS e JOIN stream AS s ON s.id = e.stream
      WHERE s.name = ? AND e.revision = ?`,
  );
  const selectStreams = database.prepare("SELECT name, category FROM stream");

  return {
    head,
    rows: (after: number) => rowsOf(createPageReader(database), { after, head }),
    count: () => Number(selectCount.get(head)?.["count"]),
    hashes: (through: number) => hashesOf(database, through),
    hashOf: (stream: string, revision: number) =>
      selectHash.get(stream, revision)?.["hash"] as string | undefined,
    misfiledStreams() {
      const misfiled: string[] = [];
      for (const { name, category } of selectStreams.iterate()) {
        if (categoryOf(String(name)) !== category) misfiled.push(String(name));
      }
      return misfiled;
    },
  };
}

interface PageReader {
  /** Events after a position, in their order; those of a stream that is not there are left out. */
  page(
    after: number,
    limit: number,
  ): { readonly rows: readonly EventRow[]; readonly last: number | undefined };
  /** The position behind another; `undefined` behind the last. */
  next(position: number): number | undefined;
}

/** A row before its stream has its name. */
type NumberedRow = [position: number, stream: number | string, ...unknown[]];

/** Names of streams are looked up once: each is one string, however many events it has. */
function createPageReader(database: DatabaseSync): PageReader {
  const selectPage = database.prepare(
    `SELECT position, stream, revision, lower(hex(id)), type, schema, time, data, meta, lower(hex(hash))
      FROM event WHERE position > ? ORDER BY position LIMIT ?`,
  );
  selectPage.setReturnArrays(true);
  const selectName = database.prepare("SELECT name FROM stream WHERE id = ?");
  const selectNext = database.prepare("SELECT min(position) AS position FROM event WHERE position > ?");
  const names = new Map<unknown, string>();

  function nameOf(stream: number | string): string | undefined {
    const known = names.get(stream);
    if (known !== undefined) return known;
    const name = selectName.get(stream)?.["name"] as string | undefined;
    if (name !== undefined) names.set(stream, name);
    return name;
  }

  return {
    page(after, limit) {
      // With arrays asked for, a row is the array of its columns; the library's type knows only objects.
      const rows = selectPage.all(after, limit) as unknown as NumberedRow[];
      const last = rows.at(-1)?.[0];
      const named = rows.filter((row) => {
        const name = nameOf(row[1]);
        if (name !== undefined) row[1] = name;
        return name !== undefined;
      });
      return { rows: named as unknown as readonly EventRow[], last };
    },
    next: (position) => (selectNext.get(position)?.["position"] ?? undefined) as number | undefined,
  };
}

type Page = readonly EventRow[] | Unreadable;

/** A page that cannot be read as a whole is read event by event, so that the one is named which is at fault. */
function* rowsOf(
  reader: PageReader,
  { after, head }: { readonly after: number; readonly head: number },
): Generator<Page> {
  for (let at = after; at < head; ) {
    try {
      const { rows, last = head } = reader.page(at, pageEvents);
      yield last <= head ? rows : rows.filter(([position]) => position <= head);
      at = last;
    } catch {
      at = yield* singlyFrom(reader, { at, head });
    }
  }
}

/** Reads the events of one page alone. Returns where to go on, the head when nothing can be read any more. */
function* singlyFrom(
  reader: PageReader,
  { at, head }: { readonly at: number; readonly head: number },
): Generator<Page, number> {
  let read = at;
  for (let count = 0; count < pageEvents; count++) {
    let position: number | undefined;
    try {
      position = reader.next(read);
      if (position === undefined || position > head) return head;
      yield reader.page(read, 1).rows;
    } catch (error) {
      yield { position: position ?? read + 1, why: describeError(error) };
      if (position === undefined) return head;
    }
    read = position;
  }
  return read;
}

function* hashesOf(database: DatabaseSync, through: number): Generator<string> {
  const select = database.prepare(
    `SELECT position, lower(hex(hash)) FROM event WHERE position > ? AND position <= ?
      ORDER BY position LIMIT ${pageEvents}`,
  );
  select.setReturnArrays(true);
  for (let after = 0; after < through; ) {
    // With arrays asked for, a row is the array of its columns; the library's type knows only objects.
    const rows = select.all(after, through) as unknown as readonly (readonly [number, string])[];
    for (const [, hash] of rows) yield hash;
    after = rows.at(-1)?.[0] ?? through;
  }
}
