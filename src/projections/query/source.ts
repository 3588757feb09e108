import type { Ipv4 } from "../../domain/values/ipv4.ts";
import { ipv4FromNumber, ipv4Number } from "../../domain/values/ipv4.ts";
import type { SqlValue, Table, TableSet } from "../table.ts";
import { columnOf } from "./check.ts";
import type { Order } from "./collection.ts";
import type { QueryColumn } from "./column.ts";
import type { Condition, Scalar, Term } from "./condition.ts";
import type { SearchColumns } from "./search.ts";

/** A column of a collection, and where its values are kept. */
export interface SourceColumn extends QueryColumn {
  /** The column of the collection's table, or of `of`. */
  readonly field: string;
  /** Where the values are when they are not in the row itself. */
  readonly of?: Elsewhere;
  /** The same values where each stands once for a row, and an empty text for none. (Default: where `of` has them) */
  readonly once?: Elsewhere;
  /** Values never go back as ids grow, so that a range of them is a range of ids. (Default: false) */
  readonly growsWithId?: boolean;
}

/** A table with any number of values for a row. An index must begin with its column `owner`. */
export interface Elsewhere {
  readonly table: string;
  /** The column that says whose values they are. */
  readonly owner: string;
  /** The field of the row that `owner` holds. (Default: what names the row) */
  readonly on?: string;
  /** A table that tells the owner (`to`) for the field `on` of a row (`from`). (Default: `on` is the owner) */
  readonly via?: { readonly table: string; readonly from: string; readonly to: string };
}

/** How a collection lies in the tables of a view. */
export interface CollectionSource extends SearchColumns {
  /** The table that has one row for each row of the collection. */
  readonly table: string;
  readonly tables: TableSet;
  /** What the view counts in its table `tally`, besides all rows: the rows of each value of these fields. */
  readonly tally: {
    readonly collection: string;
    readonly columns: readonly string[];
    /** Whether labels are counted as well. (Default: false) */
    readonly labels?: boolean;
  };
  readonly columns: Readonly<Record<string, SourceColumn>>;
  /** The column that names a row: the table's primary key. */
  readonly id: string;
  /** Labels of the row. */
  readonly labelsOf?: Elsewhere;
  /** What holds of every row of the table that belongs to the collection. (Default: nothing, all belong to it) */
  readonly scope?: Condition;
  readonly defaultOrder: Order;
  /**
   * Whether all rows may be looked at for one page, because they are narrow and not too many: 100,000 of them
   * take 15 ms. Where they may not, only what an index holds in its order can be ordered by.
   */
  readonly scannable: boolean;
}

/** The value as the table holds it. */
export function stored({ kind }: QueryColumn, value: Scalar): SqlValue {
  if (typeof value === "boolean") return Number(value);
  return kind === "address" ? ipv4Number(value as Ipv4) : value;
}

/** The inverse of `stored`. */
export function shown({ kind }: QueryColumn, value: SqlValue): Scalar | null {
  if (value === null) return null;
  if (kind === "boolean") return value === 1;
  return kind === "address" ? ipv4FromNumber(Number(value)) : value;
}

/** The column that a term looks at. */
export function columnOfTerm(
  source: CollectionSource,
  term: Extract<Term, { column: string }>,
): SourceColumn {
  return columnOf(source, term.column);
}

/** Whether the rows of each value of the column are counted. */
export function isTallied({ tally }: CollectionSource, { field }: SourceColumn): boolean {
  return tally.columns.includes(field);
}

/** Whether an index of the table begins with the field, so that rows with some values of it are soon found. */
export function isIndexed(source: CollectionSource, field: string): boolean {
  return field === source.id || tableOf(source).indexes.some(([first]) => first === field);
}

/** The collection's table. */
export function tableOf({ table, tables }: Pick<CollectionSource, "table" | "tables">): Table {
  const found = tables[table];
  if (!found) throw new Error(`there is no table ${table}`);
  return found;
}

/**
 * The index whose entries are in the order of these fields and then of what names the row; `undefined` when there
 * is none. The primary key is `""`: it has no name.
 */
export function indexOf(source: CollectionSource, ...fields: readonly string[]): string | undefined {
  const { table, id } = source;
  if (fields.join() === id) return "";
  const { columns, indexes } = tableOf(source);
  const keyIsInIndex = columns[id]?.type === "INTEGER" || !Object.values(columns).some(({ json }) => json);
  const wanted = keyIsInIndex ? fields : [...fields, id];
  const found = indexes.some((index) => index.join() === wanted.join());
  return found ? [table, ...wanted].join("_") : undefined;
}
