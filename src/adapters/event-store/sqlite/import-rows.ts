import type { DatabaseSync } from "node:sqlite";
import { categoryOf } from "../../../domain/values/category.ts";
import { createLogTable } from "./log-table.ts";
import { keepShapes } from "./shapes.ts";
import { inTransaction } from "./transaction.ts";

/** An event of another log, with all that it has but its position. */
export interface ImportedRow {
  readonly stream: string;
  readonly revision: number;
  /** 36 characters. */
  readonly id: string;
  readonly type: string;
  readonly schema: number;
  readonly time: number;
  readonly data: string;
  readonly meta: string;
  /** Hex. */
  readonly hash: string;
}

/**
 * Puts events of another log behind those that are there, as they are: the time and the hash are theirs, and nothing
 * of them is checked but that each is the next of its stream. For a log that nobody uses yet.
 *
 * @returns what writes events in one transaction
 */
export function createRowImport(database: DatabaseSync): (rows: readonly ImportedRow[]) => void {
  const insertStream = database.prepare("INSERT INTO stream (name, category) VALUES (?, ?)");
  const insertEvent = database.prepare(
    `INSERT INTO event (position, stream, revision, id, type, schema, time, data, meta, hash)
      VALUES (?, ?, ?, unhex(?, '-'), ?, ?, ?, ?, ?, unhex(?))`,
  );
  const selectHead = database.prepare("SELECT coalesce(max(position), 0) AS head FROM event");
  const shapes = keepShapes(createLogTable(database));
  const streamIds = new Map<string, number>();
  let position = Number(selectHead.get()?.["head"]);

  function streamId(name: string): number {
    const known = streamIds.get(name);
    if (known !== undefined) return known;
    const id = Number(insertStream.run(name, categoryOf(name)).lastInsertRowid);
    streamIds.set(name, id);
    return id;
  }

  return (rows) =>
    inTransaction(database, () => {
      for (const { stream, revision, id, type, schema, time, data, meta, hash } of rows) {
        position++;
        insertEvent.run(position, streamId(stream), revision, id, type, schema, time, data, meta, hash);
        shapes.wrote(type, schema);
      }
    });
}
