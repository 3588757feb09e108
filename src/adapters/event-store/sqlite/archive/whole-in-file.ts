import type { DatabaseSync } from "node:sqlite";
import type { EventFilter } from "../../../../domain/ports/event-store.ts";

/** Tells whether a log's file has every event that a filter can mean, those that are archived too. */
export type WholeInFile = (filter: EventFilter) => boolean;

/** Streams that a filter may name to be looked up one by one. */
const streamsMax = 256;

/**
 * Looks at the file, not at a rule: another release may have left other streams whole. What was found of a category stays
 * true for as long as the file is open, because events only leave it by another file.
 */
export function createWholeInFile(database: DatabaseSync): WholeInFile {
  const firstOf = "(SELECT min(revision) FROM event WHERE stream = s.id)";
  const selectSplit = database.prepare(
    `SELECT 1 FROM stream AS s WHERE s.category = ? AND ${firstOf} > 0 LIMIT 1`,
  );
  const selectFirst = database.prepare(`SELECT ${firstOf} AS first FROM stream AS s WHERE s.name = ?`);
  const known = new Map<string, boolean>();

  function isWholeCategory(category: string): boolean {
    const found = known.get(category) ?? selectSplit.get(category) === undefined;
    known.set(category, found);
    return found;
  }

  // A stream that is in neither has no event at all, and one without a revision cannot be.
  const isWholeStream = (name: string) => (selectFirst.get(name)?.["first"] ?? 0) === 0;

  return ({ categories, streams }) => {
    if (categories?.every(isWholeCategory)) return true;
    return streams !== undefined && streams.length <= streamsMax && streams.every(isWholeStream);
  };
}
