import type { SqlRow, SqlValue } from "../table.ts";
import type { QueryColumn } from "./column.ts";
import { filterSql, idOf } from "./compile.ts";
import { accessToAll } from "./plan.ts";
import type { Query } from "./query.ts";
import { joined, name, type Sql, sql, value } from "./sql.ts";

/** Most values of a facet. */
export const facetValuesMax = 50;

/** What rows are grouped by. */
export interface Grouping {
  readonly column: QueryColumn;
  /** Whether a row may meet the same value several times. */
  readonly many: boolean;
  /** The column of `tally` that has the groups counted; `undefined` when none has. */
  readonly tallied: string | undefined;
  /** What is joined to a row to find its values. */
  readonly join: Sql;
  readonly value: Sql;
}

/** How many rows each value has. */
export interface Groups {
  /** The most frequent values. */
  readonly rows: readonly { readonly value?: SqlValue; readonly rows?: SqlValue }[];
  /** Of all values; a row with several values counts once for each. */
  readonly total: number;
}

const mostFrequent = sql`ORDER BY rows DESC, value LIMIT ${value(facetValuesMax)}`;

/** Walks through the rows of the query for one grouping. */
export function groupsOf(query: Query, { many, join, value: of }: Grouping): Groups {
  const { source, statements } = query;
  const { from, where, looks, rest } = accessToAll(query);
  const counted = many ? sql`count(DISTINCT ${idOf(source)})` : sql`count(*)`;
  const grouped = sql`${from}${join} WHERE ${where} AND ${filterSql(rest, source, looks)} GROUP BY 1`;
  const rows = statements.all(
    sql`SELECT ${of} AS value, ${counted} AS rows, sum(${counted}) OVER () AS total ${grouped} ${mostFrequent}`,
  );
  return { rows, total: Number(rows[0]?.["total"] ?? 0) };
}

/** One walk for several groupings, none of which joins anything. */
export function jointGroups(query: Query, groupings: readonly Grouping[]): readonly Groups[] {
  const { source, statements } = query;
  const { from, where, looks, rest } = accessToAll(query);
  const values = groupings.map(({ value: of }, index) => sql`${of} AS ${name(`value${index}`)}`);
  const names = joined(
    groupings.map((_, index) => name(`value${index}`)),
    ", ",
  );
  const grouped = sql`${from} WHERE ${where} AND ${filterSql(rest, source, looks)} GROUP BY ${names}`;
  const found = statements.all(sql`SELECT ${joined(values, ", ")}, count(*) AS rows ${grouped}`);
  return groupings.map((_, index) => rolledUp(found, `value${index}`));
}

function rolledUp(found: readonly SqlRow[], of: string): Groups {
  const counts = new Map<SqlValue, number>();
  let total = 0;
  for (const group of found) {
    const rows = Number(group["rows"]);
    counts.set(group[of] ?? null, (counts.get(group[of] ?? null) ?? 0) + rows);
    total += rows;
  }
  const rows = [...counts].map(([each, count]) => ({ value: each, rows: count }));
  const frequent = rows.toSorted((one, other) => other.rows - one.rows || compare(one.value, other.value));
  return { rows: frequent.slice(0, facetValuesMax), total };
}

/** As SQLite orders the values of one column: none first, text by its bytes. */
function compare(one: SqlValue, other: SqlValue): number {
  if (one === null || other === null) return Number(other === null) - Number(one === null);
  if (typeof one === "number" && typeof other === "number") return one - other;
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
}

/** How many values a counted column has; `undefined`: it is not counted. */
export function valuesCounted({ source, statements }: Query, { tallied }: Grouping): number | undefined {
  if (tallied === undefined) return undefined;
  const of = sql`FROM tally WHERE "collection" = ${value(source.tally.collection)} AND "column" = ${value(tallied)}`;
  return Number(statements.get(sql`SELECT count(*) AS counted ${of}`)?.["counted"]);
}

/** What the view counted of all rows while writing. */
export function talliedGroups({ source, statements, sizes }: Query, column: string): Groups {
  const of = sql`FROM tally WHERE "collection" = ${value(source.tally.collection)} AND "column" = ${value(column)}`;
  // As walks have them, which order values and not the JSON of values.
  const order = sql`ORDER BY rows DESC, "value" ->> '$' LIMIT ${value(facetValuesMax)}`;
  const rows = statements.all(sql`SELECT value, rows ${of} ${order}`).map((group: SqlRow) => ({
    value: JSON.parse(String(group["value"])) as SqlValue,
    rows: group["rows"] ?? 0,
  }));
  const counted = Number(statements.get(sql`SELECT sum(rows) AS rows ${of}`)?.["rows"] ?? 0);
  if (!column.startsWith("label:")) return { rows, total: counted };
  // A row without the label is counted nowhere.
  const total = sizes.total();
  const all = counted === total ? rows : [...rows, { value: null, rows: total - counted }];
  return { rows: all.toSorted((a, b) => Number(b.rows) - Number(a.rows)).slice(0, facetValuesMax), total };
}
