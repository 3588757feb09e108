import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { EventStoreError } from "../../../../domain/ports/event-store.ts";
import { openForWriting } from "../connection.ts";
import { fileIdentity } from "../file-identity.ts";
import { createLogTable } from "../log-table.ts";
import { applicationId, formats, layout } from "../schema.ts";
import { checkTail } from "../tail-check.ts";
import { streamsKeptWhole } from "./carry.ts";

const columns = ["position", "stream", "revision", "id", "type", "schema", "time", "data", "meta", "hash"];

/**
 * Which events of the old file the new one has: those behind the seal, and of those up to it all of the streams that are
 * kept whole and the newest of each other stream. So of every stream it has the newest events without a gap.
 */
const carried = `(e.position > :through OR e.stream IN (SELECT id FROM kept_whole)
  OR e.position IN (SELECT position FROM newest_archived))`;

/**
 * Writes a log's file anew, without the events that are archived. What is cut short is no log, and is begun again.
 *
 * @param old the log's file, which nobody writes
 * @param path the new one
 * @param through the last archived event
 * @throws EventStoreError `LOG_DAMAGED` when what was written is not what was there
 */
export function writeNextFile(old: string, { path, through }: { path: string; through: number }): void {
  removeNextFile(path);
  copyEvents(old, { path, through });
  const database = openForWriting(path);
  try {
    checkTail(database);
    compareWith(old, { database, through });
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } finally {
    database.close();
  }
}

/** Removes what was left of a file that was not finished. */
export function removeNextFile(path: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(`${path}${suffix}`, { force: true });
}

/** Without a journal: whatever is cut short is thrown away. The last statement makes a log of it. */
function copyEvents(old: string, { path, through }: { path: string; through: number }): void {
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536");
    attach(database, old);
    database.exec(`BEGIN; ${layout.tables} INSERT INTO stream SELECT id, name, category FROM old.stream`);
    chooseCarried(database, through);
    const names = columns.join();
    const copy = database.prepare(
      `INSERT INTO event (${names}) SELECT ${names} FROM old.event AS e WHERE ${carried} ORDER BY position`,
    );
    copy.run({ through });
    database.exec("INSERT INTO log SELECT key, value FROM old.log");
    const table = createLogTable(database);
    table.set("sealed", String(through));
    table.set("file", fileIdentity(path));
    database.exec(`${layout.triggers} COMMIT; DETACH old; PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL;
      PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${formats.sealed}`);
  } finally {
    database.close();
  }
}

/** Every event that should be there, octet by octet, and no other; and SQLite finds nothing wrong with the file. */
function compareWith(
  old: string,
  { database, through }: { readonly database: DatabaseSync; readonly through: number },
): void {
  attach(database, old);
  chooseCarried(database, through);
  const isSame = columns.map((name) => `e.${name} IS n.${name}`).join(" AND ");
  const count = (sql: string) => Number(Object.values(database.prepare(sql).get({ through }) ?? {})[0]);
  const compared = database
    .prepare(
      `SELECT count(*) AS meant, count(*) FILTER (WHERE NOT (${isSame})) AS lost
        FROM old.event AS e LEFT JOIN main.event AS n ON n.position = e.position WHERE ${carried}`,
    )
    .get({ through });
  const [meant, lost] = [Number(compared?.["meant"]), Number(compared?.["lost"])];
  const events = count("SELECT count(*) FROM main.event WHERE :through > 0");
  const streams = count(
    `SELECT count(*) FROM old.stream AS o LEFT JOIN main.stream AS n ON n.id = o.id
      WHERE :through > 0 AND NOT (o.name IS n.name AND o.category IS n.category)`,
  );
  const [fault] = Object.values(database.prepare("PRAGMA main.integrity_check(1)").get() ?? {});
  database.exec("DROP TABLE kept_whole; DROP TABLE newest_archived; DETACH old");
  if (lost === 0 && streams === 0 && events === meant && fault === "ok") return;
  const what = `of ${meant} events ${lost} differ, ${events} are there, ${streams} streams differ, integrity: ${fault}`;
  throw new EventStoreError("LOG_DAMAGED", `the new file is not as it was meant to be: ${what}`);
}

function attach(database: DatabaseSync, old: string): void {
  database.prepare("ATTACH ? AS old").run(old);
}

/** Fills the tables that `carried` asks. */
function chooseCarried(database: DatabaseSync, through: number): void {
  database.exec(`CREATE TEMP TABLE kept_whole (id INTEGER PRIMARY KEY);
    CREATE TEMP TABLE newest_archived (position INTEGER PRIMARY KEY)`);
  const insert = database.prepare("INSERT INTO kept_whole (id) VALUES (?)");
  for (const id of [...streamsKeptWhole(database, "old")]) insert.run(id);
  // The index of (stream, revision) holds the position too, so no event is read for this.
  const choose = database.prepare(
    `INSERT INTO newest_archived SELECT max(position) FROM old.event WHERE position <= ? GROUP BY stream`,
  );
  choose.run(through);
}
