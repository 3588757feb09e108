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

/**
 * How many rows of the query have each value of each subject, by as few walks through its rows as can be.
 *
 * @throws QueryError when there is no such facet
 */
export function facetsOf(query: Query, subjects: readonly FacetSubject[]): readonly FacetCounts[] {
  const groupings = subjects.map((subject) => groupingOf(query.source, subject));
  const found = new Map<Grouping, Groups>();
  const walked: Grouping[] = [];
  for (const grouping of groupings) {
    if (query.normal !== true || grouping.tallied === undefined) walked.push(grouping);
    else found.set(grouping, talliedGroups(query, grouping.tallied));
  }
  for (const together of groupedTogether(query, walked)) {
    const [only, second] = together;
    if (only && !second) found.set(only, groups(query, only));
    else for (const [index, of] of jointGroups(query, together).entries()) found.set(together[index] as Grouping, of);
  }
  return groupings.map((grouping) => countsOf(grouping, found.get(grouping)));
}

function countsOf({ column }: Grouping, { rows, total }: Groups = noGroups): FacetCounts {
  const values = rows.map(
    ({ value: of, rows: count }): FacetValue => ({ value: shown(column, of ?? null), count: Number(count) }),
  );
  return { values, others: total - values.reduce((sum, { count }) => sum + count, 0) };
}

/** Combinations of values that one walk may count: each is a row that SQLite hands over. */
const combinationsMax = 2_000;

/** Groupings by the row's own columns go together as long as their values cannot combine in too many ways. */
function groupedTogether(query: Query, groupings: readonly Grouping[]): readonly (readonly Grouping[])[] {
  const together: { readonly of: Grouping[]; combinations: number }[] = [];
  for (const grouping of groupings) {
    const values = grouping.join === nothing ? distinctValues(query, grouping.tallied) : Number.POSITIVE_INFINITY;
    const joined = together.find(({ combinations }) => combinations * values <= combinationsMax);
    if (joined) {
      joined.of.push(grouping);
      joined.combinations *= values;
    } else together.push({ of: [grouping], combinations: values });
  }
  return together.map(({ of }) => of);
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
