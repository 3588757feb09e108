import type { SqlRow, SqlValue } from "../table.ts";
import { columnOf } from "./check.ts";
import type { FacetCounts, FacetValue } from "./collection.ts";
import type { QueryColumn } from "./column.ts";
import { filterSql, idOf, ownerOf, row } from "./compile.ts";
import { accessToAll } from "./plan.ts";
import type { Query } from "./query.ts";
import { QueryError } from "./query-error.ts";
import { type CollectionSource, type Elsewhere, isTallied, shown } from "./source.ts";
import { name, nothing, type Sql, sql, value } from "./sql.ts";

/** Most values of a facet. */
export const facetValuesMax = 50;

/** What rows are grouped by: a column, or the value of one label. */
export type FacetSubject = { readonly column: string } | { readonly label: string };

/** How many rows of the query have each value. @throws QueryError when there is no such facet */
export function facetOf(query: Query, subject: FacetSubject): FacetCounts {
  const grouping = groupingOf(query.source, subject);
  const isTallied = query.normal === true && grouping.tallied !== undefined;
  const { rows, total } = isTallied ? talliedGroups(query, grouping.tallied) : groups(query, grouping);
  const values = rows.map(
    ({ value: of, rows: count }): FacetValue => ({
      value: shown(grouping.column, of ?? null),
      count: Number(count),
    }),
  );
  const others = total - values.reduce((sum, { count }) => sum + count, 0);
  return { values, others };
}

interface Grouping {
  readonly column: QueryColumn;
  /** The column of `tally` that has the groups counted; `undefined` when none has. */
  readonly tallied: string | undefined;
  /** What is joined to a row to find its values. */
  readonly join: Sql;
  readonly value: Sql;
}

function groupingOf(source: CollectionSource, subject: FacetSubject): Grouping {
  const notNull = (field: string) => sql`o.${name(field)} IS NOT NULL`;
  const joinedTo = (of: Elsewhere, condition: Sql) =>
    sql` LEFT JOIN ${name(of.table)} AS o ON o.${name(of.owner)} = ${ownerOf(source, of)} AND ${condition}`;
  if ("label" in subject) {
    if (!source.labelsOf) throw new QueryError("there are no labels here");
    const join = joinedTo(source.labelsOf, sql`o."key" = ${value(subject.label)}`);
    const tallied = source.tally.labels ? `label:${subject.label}` : undefined;
    return { column: { kind: "text" }, tallied, join, value: sql`o."value"` };
  }
  const column = columnOf(source, subject.column);
  if (!column.faceted) throw new QueryError(`column ${subject.column} is no facet`);
  const { field, of } = column;
  const tallied = isTallied(source, column) ? field : undefined;
  if (of) {
    const join = joinedTo(of, notNull(field));
    return { column, tallied, join, value: sql`o.${name(field)}` };
  }
  return { column, tallied, join: nothing, value: sql`+${row}.${name(field)}` };
}

interface Groups {
  readonly rows: readonly { readonly value?: SqlValue; readonly rows?: SqlValue }[];
  readonly total: number;
}

const mostFrequent = sql`ORDER BY rows DESC, value LIMIT ${value(facetValuesMax)}`;

/** `total` counts a row with several values once for each. */
function groups(query: Query, { column, join, value: of }: Grouping): Groups {
  const { source, statements } = query;
  const { from, where, looks, rest } = accessToAll(query);
  const counted = column.many ? sql`count(DISTINCT ${idOf(source)})` : sql`count(*)`;
  const grouped = sql`${from}${join} WHERE ${where} AND ${filterSql(rest, source, looks)} GROUP BY 1`;
  const rows = statements.all(
    sql`SELECT ${of} AS value, ${counted} AS rows, sum(${counted}) OVER () AS total ${grouped} ${mostFrequent}`,
  );
  return { rows, total: Number(rows[0]?.["total"] ?? 0) };
}

function talliedGroups({ source, statements, sizes }: Query, column = ""): Groups {
  const of = sql`FROM tally WHERE "collection" = ${value(source.tally.collection)} AND "column" = ${value(column)}`;
  const rows = statements.all(sql`SELECT value, rows ${of} ${mostFrequent}`).map((group: SqlRow) => ({
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
