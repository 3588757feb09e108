import { existsSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { EventStoreError } from "../../../domain/ports/event-store.ts";
import { LeadershipTaken, systemStream } from "../../../domain/system/events.ts";
import { categoryOf } from "../../../domain/values/category.ts";
import type { LeftOut } from "../../../proof/check-events.ts";
import type { TreeState } from "../../../proof/tree-builder.ts";
import type { LogIdentity } from "../position.ts";
import { openArchive } from "./archive/archive.ts";
import { sealOf } from "./archive/seal.ts";
import { treesOf, wholeStoredLog } from "./archive/whole-stored-log.ts";
import { openForReading } from "./connection.ts";
import { logFiles } from "./log-files.ts";
import { createLogTable } from "./log-table.ts";
import { type EventRow, pageEvents } from "./rows.ts";
import { storedIdentity } from "./session.ts";
import { describeError } from "./sqlite-error.ts";
import { checkWriteAheadLog } from "./wal-check.ts";

/** Events that are read at once: so few that the processor's caches still have them when they are looked at. */
const eventsAtOnce = 200;

/** An event that cannot be read, and what SQLite says of it. */
export interface Unreadable {
  readonly position: number;
  readonly why: string;
  /** What whoever needs the event is refused with, where that has a code. */
  readonly cause?: EventStoreError;
  /** What is known of all that cannot be read with it: events behind those come next. (Default: it is alone) */
  readonly leftOut?: LeftOut | undefined;
}

/**
 * The log of a data directory, read as it is stored, by a connection that cannot write: nothing is repaired, marked or
 * counted as a start. A service may be running on it.
 */
export interface StoredLog {
  readonly identity: LogIdentity;
  /** One clock gave all events their times: the log was never in an engine, where several processes write. */
  readonly hasOneClock: boolean;
  /** Position of the newest event when the log was opened. What comes later is not looked at. */
  readonly head: number;
  /**
   * The events after a position up to another (default: the head), in their order. Ends where the file cannot be read
   * any further. Between two pages nothing is held open: a reader may take its time.
   */
  rows(after: number, through?: number): Generator<readonly EventRow[] | Unreadable>;
  /** How many rows the table of events has up to the head, behind an event (default: from the first one on). */
  count(after?: number): number;
  /** Hashes of the events after a position up to another, in their order. */
  hashes(after: number, through: number): Generator<string>;
  /** The tree of the first so many events. */
  treeAt(size: number): TreeState;
  /** Archived events that the log's file has, too, and are others there, as far as `rows` came by them. */
  copiesThatDiffer(): readonly number[];
  /** Where an event is, and its hash; `undefined` when there is none. */
  find(stream: string, revision: number): { readonly position: number; readonly hash: string } | undefined;
  /** Streams that are filed under a category which is not theirs. */
  misfiledStreams(): readonly string[];
  close(): void;
}

/**
 * @param directory of the log: `<data>/log`
 * @throws EventStoreError `LOG_DAMAGED`, `LOG_NEWER`
 * @throws Error when there is no log
 */
export function openStoredLog(directory: string): StoredLog {
  const { ledger, wal, archive: folder } = logFiles(directory);
  if (!existsSync(ledger)) {
    throw new Error(`${ledger} does not exist: name the data directory of a service that has run`);
  }
  checkWriteAheadLog(wal);
  const database = openForReading(ledger);
  try {
    const identity = storedIdentity(createLogTable(database));
    if (!identity) throw new EventStoreError("LOG_DAMAGED", `${ledger} does not say which log it is`);
    const file: StoredLog = { identity, ...queriesOf(database), close: () => database.close() };
    const seal = sealOf(database);
    return seal ? wholeStoredLog({ file, archive: openArchive(folder, seal), folder }) : file;
  } catch (error) {
    database.close();
    throw error;
  }
}

function queriesOf(database: DatabaseSync) {
  const selectHead = database.prepare("SELECT coalesce(max(position), 0) AS head FROM event");
  const head = Number(selectHead.get()?.["head"]);
  // All rows are counted by the smallest index, some of them by reading them. One statement sees one state of the log.
  const selectCount = database.prepare(
    `SELECT (SELECT count(*) FROM event) - (SELECT count(*) FROM event WHERE position > :head)
      - (SELECT count(*) FROM event WHERE position <= :after) AS count`,
  );
  const selectEvent = database.prepare(
    `SELECT e.position, lower(hex(e.hash)) AS hash FROM event AS e JOIN stream AS s ON s.id = e.stream
      WHERE s.name = ? AND e.revision = ?`,
  );
  const selectStreams = database.prepare(
    "SELECT id, name, category FROM stream WHERE id > ? ORDER BY id LIMIT ?",
  );
  selectStreams.setReturnArrays(true);
  const selectLeader = database.prepare(
    "SELECT 1 FROM event AS e JOIN stream AS s ON s.id = e.stream WHERE s.name = ? AND e.type = ? LIMIT 1",
  );

  const hashes = (after: number, through: number) => hashesOf(database, { after, through });

  return {
    head,
    // A process that is alone has nobody to lead.
    hasOneClock: selectLeader.get(systemStream, LeadershipTaken.type) === undefined,
    rows: (after: number, through = head) => rowsOf(createPageReader(database), { after, head: through }),
    count: (after = 0) => Number(selectCount.get({ head, after })?.["count"]),
    hashes,
    treeAt: treesOf({ segments: [], hashes }),
    copiesThatDiffer: () => [],
    find(stream: string, revision: number) {
      const found = selectEvent.get(stream, revision);
      return found && { position: Number(found["position"]), hash: String(found["hash"]) };
    },
    misfiledStreams() {
      const misfiled: string[] = [];
      for (let after: number | undefined = Number.MIN_SAFE_INTEGER; after !== undefined; ) {
        const streams = selectStreams.all(after, pageEvents) as unknown as readonly StreamRow[];
        for (const [, name, category] of streams) if (categoryOf(name) !== category) misfiled.push(name);
        after = streams.at(-1)?.[0];
      }
      return misfiled;
    },
  };
}

type StreamRow = readonly [id: number, name: string, category: string];

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

/** Names of streams that are read with the one that is asked for: streams that began together are read together. */
const namesAtOnce = 250;

/** Names of streams are looked up once: each is one string, however many events it has. */
function createPageReader(database: DatabaseSync): PageReader {
  const selectPage = database.prepare(
    `SELECT position, stream, revision, lower(hex(id)), type, schema, time, data, meta, lower(hex(hash))
      FROM event WHERE position > ? ORDER BY position LIMIT ?`,
  );
  selectPage.setReturnArrays(true);
  const selectName = database.prepare("SELECT name FROM stream WHERE id = ?");
  const selectNames = database.prepare("SELECT id, name FROM stream WHERE id >= ? ORDER BY id LIMIT ?");
  selectNames.setReturnArrays(true);
  const selectNext = database.prepare("SELECT min(position) AS position FROM event WHERE position > ?");
  const names = new Map<unknown, string>();

  function readNamesFrom(stream: number | string): void {
    try {
      const found = selectNames.all(stream, namesAtOnce) as unknown as readonly (readonly [number, string])[];
      for (const [id, name] of found) names.set(id, name);
    } catch {
      // One of them is on a damaged page, which may be another one than is asked for.
      const name = selectName.get(stream)?.["name"] as string | undefined;
      if (name !== undefined) names.set(stream, name);
    }
  }

  function nameOf(stream: number | string): string | undefined {
    const known = names.get(stream);
    if (known !== undefined) return known;
    readNamesFrom(stream);
    return names.get(stream);
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
      const { rows, last = head } = reader.page(at, eventsAtOnce);
      // A page of the file that is damaged can give rows which are not behind the place that was asked for, for ever.
      if (last <= at) throw new Error(`event ${last} is found behind event ${at}`);
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
  for (let count = 0; count < eventsAtOnce; count++) {
    let position: number | undefined;
    try {
      position = reader.next(read);
      if (position === undefined || position > head) return head;
      if (position <= read) {
        yield { position: read + 1, why: `event ${position} is found behind event ${read}` };
        return head;
      }
      yield reader.page(read, 1).rows;
    } catch (error) {
      yield { position: position ?? read + 1, why: describeError(error) };
      if (position === undefined) return head;
    }
    read = position;
  }
  return read;
}

function* hashesOf(
  database: DatabaseSync,
  { after: first, through }: { readonly after: number; readonly through: number },
): Generator<string> {
  const select = database.prepare(
    `SELECT position, lower(hex(hash)) FROM event WHERE position > ? AND position <= ?
      ORDER BY position LIMIT ${pageEvents}`,
  );
  select.setReturnArrays(true);
  for (let after = first; after < through; ) {
    // With arrays asked for, a row is the array of its columns; the library's type knows only objects.
    const rows = select.all(after, through) as unknown as readonly (readonly [number, string])[];
    for (const [, hash] of rows) yield hash;
    after = rows.at(-1)?.[0] ?? through;
  }
}
