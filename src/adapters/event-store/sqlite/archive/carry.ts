import type { DatabaseSync } from "node:sqlite";
import { catalogueEntryOf } from "../../../../domain/catalogue.ts";

/** A stream as it is in a log's file before events of it are archived. */
interface StreamEnd {
  readonly id: number;
  readonly name: string;
  /** The type of its newest event. */
  readonly type: string;
}

/**
 * Whether all events of a stream stay in the log's file when older ones are archived, or none but the newest of those. Of
 * a kind that this release does not know, all do.
 */
export function isKeptWhole({ name, type }: Pick<StreamEnd, "name" | "type">): boolean {
  const kept = catalogueEntryOf(name)?.kept;
  if (kept === undefined) return true;
  return kept !== "none" && kept.unlessClosedBy !== type;
}

/**
 * The streams of a log of which all events are to stay in its file.
 *
 * @param schema the log's, where several are attached
 */
export function* streamsKeptWhole(database: DatabaseSync, schema: string): Generator<number> {
  const select = database.prepare(
    `SELECT s.id, s.name, (SELECT type FROM ${schema}.event WHERE stream = s.id ORDER BY revision DESC LIMIT 1) AS type
      FROM ${schema}.stream AS s`,
  );
  for (const row of select.iterate()) {
    const stream = { id: Number(row["id"]), name: String(row["name"]), type: String(row["type"]) };
    if (isKeptWhole(stream)) yield stream.id;
  }
}
