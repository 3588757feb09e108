import type { DatabaseSync } from "node:sqlite";

/** What the log keeps about itself, beside its events. */
export type LogKey =
  /** 16 hex digits. */
  | "logId"
  /** 12 hex digits. */
  | "incarnation"
  /** Which file this was when it was last opened for writing. */
  | "file"
  /** `open` while a process writes, `closed` after a clean stop. */
  | "session"
  /** A restore that no RestoreDetected event tells of yet, as JSON. */
  | "restored"
  /** The last event that is in an archive and may be missing from the table of events; not there: all are in it. */
  | "sealed"
  /** Where the log was moved to, for people: it goes on there, and not here. */
  | "moved"
  /** The newest shape of each type of event that was written in another than its first, as JSON. */
  | "shapes"
  /** Octets that prove that the disk takes writes again; there for a moment only. */
  | "probe";

export interface LogTable {
  get(key: LogKey): string | undefined;
  set(key: LogKey, value: string): void;
  delete(key: LogKey): void;
}

export function createLogTable(database: DatabaseSync): LogTable {
  const select = database.prepare("SELECT value FROM log WHERE key = ?");
  const upsert = database.prepare(
    "INSERT INTO log (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  );
  const remove = database.prepare("DELETE FROM log WHERE key = ?");

  return {
    get: (key) => select.get(key)?.["value"] as string | undefined,
    set: (key, value) => void upsert.run(key, value),
    delete: (key) => void remove.run(key),
  };
}
