import type { DatabaseSync } from "node:sqlite";
import type { EventFilter } from "../../../domain/ports/event-store.ts";
import { categoryOf } from "../../../domain/values/category.ts";

/** Streams beyond which they are not looked up one by one. */
const streamsMax = 256;

/** Finds the streams that a filter means. */
export interface FewStreams {
  /**
   * The numbers of the streams that the filter names or whose categories it names, when they are few and have at
   * most `eventsMax` events together; `undefined`: there are more, or the filter lets any stream through.
   */
  meantBy(filter: EventFilter, eventsMax: number): readonly number[] | undefined;
}

export function createFewStreams(database: DatabaseSync): FewStreams {
  // A category's streams are neighbours in the index of names: "." is the character behind "-".
  const selectCategory = database.prepare(
    `SELECT id FROM stream WHERE name = ?1
      UNION ALL SELECT id FROM stream WHERE name >= ?1 || '-' AND name < ?1 || '.' LIMIT ?2`,
  );
  const selectNamed = database.prepare("SELECT id FROM stream WHERE name = ?");
  const selectLength = database.prepare(
    "SELECT coalesce(max(revision), -1) + 1 AS length FROM event WHERE stream = ?",
  );
  const idsOf = (rows: readonly Record<string, unknown>[]) => rows.map(({ id }) => id as number);

  function idsMeant({ categories, streams }: EventFilter): readonly number[] | undefined {
    if (streams && streams.length <= streamsMax) {
      const named = streams.filter((name) => categories?.includes(categoryOf(name)) ?? true);
      return idsOf(named.flatMap((name) => selectNamed.all(name)));
    }
    if (!categories) return undefined;
    const ids = idsOf(categories.flatMap((name) => selectCategory.all(name, streamsMax + 1)));
    return ids.length <= streamsMax ? ids : undefined;
  }

  return {
    meantBy(filter, eventsMax) {
      const ids = idsMeant(filter);
      const lengths = ids?.map((id) => Number(selectLength.get(id)?.["length"]));
      const events = lengths?.reduce((sum, length) => sum + length, 0) ?? Number.POSITIVE_INFINITY;
      return events <= eventsMax ? ids : undefined;
    },
  };
}
