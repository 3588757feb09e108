import type { DatabaseSync } from "node:sqlite";
import { categoryOf } from "../../../domain/values/category.ts";
import type { CheckedEvent } from "../../../proof/check-chains.ts";

/** What of an event stands in its row as it is. */
type Content = Pick<CheckedEvent, "id" | "type" | "schema" | "data" | "meta">;

/** What the log gives an event. */
interface Place extends Pick<CheckedEvent, "position" | "revision" | "time" | "hash"> {
  /** The stream's number in its table. */
  readonly streamId: number;
}

/** The two statements that a log grows by. */
export function prepareInserts(database: DatabaseSync) {
  const insertStream = database.prepare("INSERT INTO stream (name, category) VALUES (?, ?)");
  const insertEvent = database.prepare(
    `INSERT INTO event (position, stream, revision, id, type, schema, time, data, meta, hash)
      VALUES (?, ?, ?, unhex(?, '-'), ?, ?, ?, ?, ?, unhex(?))`,
  );

  return {
    /** Returns the stream's number. */
    addStream: (name: string) => Number(insertStream.run(name, categoryOf(name)).lastInsertRowid),
    addEvent({ id, type, schema, data, meta }: Content, { position, streamId, revision, time, hash }: Place) {
      insertEvent.run(position, streamId, revision, id, type, schema, time, data, meta, hash);
    },
  };
}
