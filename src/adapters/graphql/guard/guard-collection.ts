import type { Condition } from "../../../projections/query/condition.ts";
import type { SearchableCollection } from "../../../projections/query/sql-collection.ts";

export interface RowScope<Row> {
  /** What rows must meet to be seen; `undefined`: all are seen. Asked with every read; it may throw. */
  readonly where: () => Condition | undefined;
  /** The same of one row. */
  readonly sees: (row: Row) => boolean;
}

/** A collection of which a caller sees some rows. Others are not there: not in a page, a count or a facet. */
export function guardCollection<Row>(
  collection: SearchableCollection<Row>,
  { where: scope, sees }: RowScope<Row>,
): SearchableCollection<Row> {
  function seen(where: Condition | undefined): Condition | undefined {
    const own = scope();
    return own && where ? { all: [own, where] } : (own ?? where);
  }
  return {
    ...collection,
    page: (query) => collection.page({ ...query, where: seen(query.where) }),
    count: (where, precision) => collection.count(seen(where), precision),
    facet: (subject, where) => collection.facet(subject, seen(where)),
    facets: (subjects, where) => collection.facets(subjects, seen(where)),
    find(id) {
      scope();
      const row = collection.find(id);
      return row !== undefined && sees(row) ? row : undefined;
    },
  };
}
