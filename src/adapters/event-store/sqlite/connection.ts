import { DatabaseSync } from "node:sqlite";
import { EventStoreError } from "../../../domain/ports/event-store.ts";
import { applicationId, formats, formatVersion, layout } from "./schema.ts";
import { describeError, isDamage } from "./sqlite-error.ts";

/** What every connection to the log has, so that a commit is on the disk and no trigger is slipped past. */
const required = { journal_mode: "wal", synchronous: 2, recursive_triggers: 1 } as const;

/** Pages of 4 KiB in the write-ahead log before it is copied into the database: 16 MiB. */
const checkpointPages = 4_000;

/** How long another process may hold the file, a backup's last step for instance, milliseconds. */
const busyTimeoutMs = 5_000;

/**
 * Opens the log for writing; creates it where there is no file.
 *
 * @throws EventStoreError `LOG_DAMAGED`, `LOG_NEWER`
 */
export function openForWriting(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  return closedOnError(database, path, () => {
    // A file that is not ours stays as it is, so this is asked before anything is set.
    const isNew = checkFormat(database, path);
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = ${checkpointPages}; PRAGMA cache_size = -8192`,
    );
    secure(database, path);
    if (isNew) create(database);
  });
}

/**
 * Opens a log that exists for reading, in any thread of any process.
 *
 * @throws EventStoreError `LOG_DAMAGED`, `LOG_NEWER`
 */
export function openForReading(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: true, timeout: busyTimeoutMs });
  return closedOnError(database, path, () => {
    if (checkFormat(database, path)) throw damaged(path, "it is empty");
    database.exec("PRAGMA cache_size = -4096");
    secure(database, path);
  });
}

/** Does something with a log's file, opened for writing, and closes it again. @throws as `openForWriting` */
export function writingLog<Result>(path: string, work: (database: DatabaseSync) => Result): Result {
  return closing(openForWriting(path), work);
}

/** Does something with a log's file, opened for reading, and closes it again. @throws as `openForReading` */
export function readingLog<Result>(path: string, work: (database: DatabaseSync) => Result): Result {
  return closing(openForReading(path), work);
}

function closing<Result>(database: DatabaseSync, work: (database: DatabaseSync) => Result): Result {
  try {
    return work(database);
  } finally {
    database.close();
  }
}

function closedOnError(database: DatabaseSync, path: string, setUp: () => void): DatabaseSync {
  try {
    setUp();
    return database;
  } catch (error) {
    database.close();
    if (!isDamage(error)) throw error;
    throw damaged(path, describeError(error), { cause: error });
  }
}

/** Whether the file is still to become a log. */
function checkFormat(database: DatabaseSync, path: string): boolean {
  const marked = pragma(database, "application_id");
  const version = Number(pragma(database, "user_version"));
  const tables = database.prepare("SELECT count(*) AS count FROM sqlite_schema").get()?.["count"];
  if (marked === 0 && version === 0 && tables === 0) return true;
  if (marked !== applicationId) throw damaged(path, "it is another program's database");
  if (version <= formatVersion) return false;
  const message = `${path} has format ${version}, this release knows ${formatVersion}`;
  throw new EventStoreError("LOG_NEWER", `${message}: start the newer release`);
}

function secure(database: DatabaseSync, path: string): void {
  database.exec("PRAGMA synchronous = FULL; PRAGMA recursive_triggers = ON");
  for (const [name, value] of Object.entries(required)) {
    const actual = pragma(database, name);
    if (actual !== value) throw damaged(path, `${name} is ${actual} and cannot be made ${value}`);
  }
}

function create(database: DatabaseSync): void {
  database.exec(`BEGIN IMMEDIATE; ${layout.tables} ${layout.triggers}
    PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${formats.whole}; COMMIT`);
}

function pragma(database: DatabaseSync, name: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

function damaged(path: string, why: string, options?: ErrorOptions): EventStoreError {
  return new EventStoreError("LOG_DAMAGED", `${path} is not a usable log: ${why}`, options);
}
