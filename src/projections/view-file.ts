import { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import type { Position, RecordedEvent } from "../domain/ports/event-store.ts";
import {
  type Checkpoint,
  checkpointLoader,
  checkpointSaver,
  createCheckpoint,
  type LastEvent,
  lastEventOf,
} from "./checkpoint.ts";
import { isOfSqlite } from "./sqlite-failure.ts";
import { storedRows } from "./stored-rows.ts";
import { createTables } from "./table.ts";
import type { View } from "./view.ts";

/** The one writer of one file of a view. */
export interface ViewFile {
  readonly path: string;
  /** Where the rows on disk stand. */
  committed(): Checkpoint;
  /** The last event that was applied, written or not; `undefined` before the first. */
  position(): Position | undefined;
  /** How many events were applied since the beginning of the log. */
  events(): number;
  /**
   * Applies events to the rows in memory.
   *
   * @throws PoisonedEventError, or Error of node:sqlite when the file fails where rows are looked up. Either way this file
   *   must be closed: what is in memory is half done
   */
  apply(events: readonly RecordedEvent[]): void;
  /** How many rows wait to be written. */
  pending(): number;
  /** Writes the rows and the checkpoint, all or nothing. Lets others have the thread in between. */
  flush(): Promise<void>;
  /** The view has caught up: what comes now are small transactions, which need less memory than the past did. */
  caughtUp(): void;
  /** Forgets what was not flushed. Does nothing to a closed file. */
  close(): void;
}

/** An event that a view cannot apply, and why. */
export interface PoisonedEvent {
  readonly eventId: string;
  readonly position: Position;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  /** What the handler said, for a person. */
  readonly message: string;
}

/** A view's own code failed on an event. Applying it again fails again, so the view stops before it. */
export class PoisonedEventError extends Error {
  override readonly name = "PoisonedEventError";
  readonly code = "EVENT_NOT_APPLICABLE";
  readonly view: string;
  readonly position: Position;
  readonly poison: PoisonedEvent;

  constructor(view: string, event: RecordedEvent, cause: unknown) {
    const { id, position, type, stream, revision } = event;
    super(`view ${view} cannot apply ${type} of ${stream} at ${position}: ${String(cause)}`, { cause });
    this.view = view;
    this.position = position;
    this.poison = { eventId: id, position, type, stream, revision, message: String(cause) };
  }
}

/**
 * Makes a file that stands at the beginning of the log. It must not exist.
 *
 * @throws Error of node:sqlite when there is no room for it
 */
export function createViewFile(path: string, view: View): ViewFile {
  return withDatabase(path, (database) => {
    database.exec("BEGIN IMMEDIATE");
    database.exec(createTables(view.tables));
    createCheckpoint(database, view.version);
    database.exec("COMMIT");
    return viewFile({ path, database, view });
  });
}

/**
 * Opens a file to go on where it stands; `undefined` when another version of the view wrote it.
 *
 * @throws Error of node:sqlite when it is no such file
 */
export function openViewFile(path: string, view: View): ViewFile | undefined {
  return withDatabase(path, (database) => {
    if (checkpointLoader(database)().version === view.version) return viewFile({ path, database, view });
    database.close();
    return undefined;
  });
}

/**
 * A lost power supply may cost the newest rows, never their consistency: they come out of the log again. The
 * cache, 32 MiB, holds what a large transaction changes; with less, its pages are written several times over.
 */
const pragmas = `
  PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
  PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4000`;

/** 2 MiB: there are many views, and each would come to fill its cache in time. */
const caughtUpPragmas = "PRAGMA cache_size = -2048; PRAGMA shrink_memory";

/** How long another connection may hold the file, one that mends it after a crash for instance, milliseconds. */
const busyTimeoutMs = 5_000;

/** Opens a file for `use`, and closes it when that fails: a file that fails is opened again and again. */
function withDatabase<Result>(path: string, use: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    database.exec(pragmas);
    return use(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

interface OpenedFile {
  readonly path: string;
  readonly database: DatabaseSync;
  readonly view: View;
}

function viewFile({ path, database, view }: OpenedFile): ViewFile {
  const committed = checkpointLoader(database);
  const save = checkpointSaver(database);
  const stored = storedRows(database, view.tables);
  let last: LastEvent | undefined = committed().last;
  let flushed = last;
  let isSmall = false;

  return {
    path,
    committed,
    position: () => last?.position,
    events: () => (last ? last.ordinal + 1 : 0),
    apply(events) {
      const newest = events.at(-1);
      if (!newest) return;
      // Handlers look rows up: outside of a transaction each look would take the file's locks and give them back.
      if (!database.isTransaction) database.exec("BEGIN IMMEDIATE");
      let ordinal = last ? last.ordinal : -1;
      for (const event of events) {
        ordinal++;
        try {
          view.apply(event, stored.rows, ordinal);
        } catch (error) {
          throw isOfSqlite(error) ? error : new PoisonedEventError(view.name, event, error);
        }
      }
      last = lastEventOf(newest, ordinal);
    },
    pending: () => stored.pending(),
    async flush() {
      if (!last || last === flushed) return;
      try {
        for (const _pause of stored.write()) await setImmediate();
        save(last);
        database.exec("COMMIT");
      } catch (error) {
        if (database.isTransaction) database.exec("ROLLBACK");
        throw error;
      }
      flushed = last;
    },
    caughtUp() {
      if (isSmall) return;
      database.exec(caughtUpPragmas);
      stored.caughtUp();
      isSmall = true;
    },
    close() {
      if (database.isOpen) database.close();
    },
  };
}
