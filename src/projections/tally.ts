import { integer, type SqlValue, tally, text } from "./table.ts";
import type { TallyRows } from "./view.ts";

/**
 * How many rows of a collection have each value of a column, counted while writing because counting while
 * reading would walk through all rows. A count of zero has no row.
 */
export const tallyTable = tally({
  columns: {
    collection: text(),
    /** A column of the collection, `label` for labels by key, `label:<key>` for the values of one, or `*`. */
    column: text(),
    /** As JSON: `null` counts the rows without a value. */
    value: text(),
    rows: integer(),
  },
  key: ["collection", "column", "value"],
});

/** The column of `tallyTable` that counts all rows of a collection, under the value `null`. */
export const allRows = "*";

/** Counts the change of a row of a collection. `undefined`: there is no such row. */
export function countRow<Row extends object>(
  tally: TallyRows,
  { collection, columns }: { readonly collection: string; readonly columns: readonly (keyof Row & string)[] },
  { before, after }: { readonly before: Row | undefined; readonly after: Row | undefined },
): void {
  for (const column of columns) {
    const [from, to] = [before?.[column], after?.[column]] as (SqlValue | undefined)[];
    if (from === to) continue;
    if (from !== undefined) tally.count({ collection, column, value: from }, -1);
    if (to !== undefined) tally.count({ collection, column, value: to }, 1);
  }
  if (!before && after) tally.count({ collection, column: allRows, value: null }, 1);
  if (before && !after) tally.count({ collection, column: allRows, value: null }, -1);
}
