import { integer, type SqlValue, table, text } from "./table.ts";
import type { TableRows } from "./view.ts";

/**
 * How many rows of a collection have each value of a column, counted while writing because counting while
 * reading would walk through all rows. A count of zero has no row.
 */
export const tallyTable = table({
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

export interface TallyRow {
  readonly collection: string;
  readonly column: string;
  readonly value: string;
  readonly rows: number;
}

/** The column of `tallyTable` that counts all rows of a collection, under the value `null`. */
export const allRows = "*";

/** Counts one value more (`by` 1) or less (-1). */
export function countValue(
  tally: TableRows<TallyRow>,
  {
    collection,
    column,
    value,
  }: { readonly collection: string; readonly column: string; readonly value: SqlValue },
  by: 1 | -1,
): void {
  const key = JSON.stringify(value);
  const rows = (tally.get(collection, column, key)?.rows ?? 0) + by;
  if (rows === 0) tally.delete(collection, column, key);
  else tally.put({ collection, column, value: key, rows });
}

/** Counts the change of a row of a collection. `undefined`: there is no such row. */
export function countRow<Row extends object>(
  tally: TableRows<TallyRow>,
  { collection, columns }: { readonly collection: string; readonly columns: readonly (keyof Row & string)[] },
  { before, after }: { readonly before: Row | undefined; readonly after: Row | undefined },
): void {
  for (const column of columns) {
    const [from, to] = [before?.[column], after?.[column]] as (SqlValue | undefined)[];
    if (from === to) continue;
    if (from !== undefined) countValue(tally, { collection, column, value: from }, -1);
    if (to !== undefined) countValue(tally, { collection, column, value: to }, 1);
  }
  if (!before && after) countValue(tally, { collection, column: allRows, value: null }, 1);
  if (before && !after) countValue(tally, { collection, column: allRows, value: null }, -1);
}
