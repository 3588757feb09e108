import { columnOf } from "./check.ts";
import type { FacetCounts, FacetValue } from "./collection.ts";
import { ownerOf, row } from "./compile.ts";
import {
  type Grouping,
  type Groups,
  groupsOf,
  jointGroups,
  talliedGroups,
  valuesCounted,
} from "./facet-groups.ts";
import type { Query } from "./query.ts";
import { QueryError } from "./query-error.ts";
import { type CollectionSource, type Elsewhere, isTallied, shown } from "./source.ts";
import { name, nothing, type Sql, sql, value } from "./sql.ts";

/** What rows are grouped by: a column, or the value of one label. */
export type FacetSubject = { readonly column: string } | { readonly label: string };

/**
 * How many rows of the query have each value of each subject, by as few walks through its rows as can be.
 *
 * @throws QueryError when there is no such facet
 */
export function facetsOf(query: Query, subjects: readonly FacetSubject[]): readonly FacetCounts[] {
  const groupings = subjects.map((subject) => groupingOf(query.source, subject));
  const isCounted = ({ tallied }: Grouping) => query.normal === true && tallied !== undefined;
  const found = new Map(
    together(
      query,
      groupings.filter((each) => !isCounted(each)),
    ).flatMap((some) => walkFor(query, some)),
  );
  return groupings.map((grouping) =>
    countsOf(grouping, found.get(grouping) ?? talliedGroups(query, grouping.tallied ?? "")),
  );
}

/** The same of one subject. @throws QueryError when there is no such facet */
export function facetOf(query: Query, subject: FacetSubject): FacetCounts {
  const grouping = groupingOf(query.source, subject);
  const { tallied } = grouping;
  const isCounted = query.normal === true && tallied !== undefined;
  return countsOf(grouping, isCounted ? talliedGroups(query, tallied) : groupsOf(query, grouping));
}

function countsOf({ column }: Grouping, { rows, total }: Groups): FacetCounts {
  const values = rows.map(
    ({ value: of, rows: count }): FacetValue => ({ value: shown(column, of ?? null), count: Number(count) }),
  );
  return { values, others: total - values.reduce((sum, { count }) => sum + count, 0) };
}

/** Combinations of values that one walk may count: each is a row that SQLite hands over. */
const combinationsMax = 2_000;

interface Walk {
  readonly of: Grouping[];
  combinations: number;
}

/** Groupings that share a walk: by the row's own columns, as long as their values cannot combine in too many ways. */
function together(query: Query, groupings: readonly Grouping[]): readonly (readonly Grouping[])[] {
  const walks: Walk[] = [];
  for (const grouping of groupings) {
    const values = grouping.join === nothing ? valuesCounted(query, grouping) : undefined;
    const combinations = Math.max(1, values ?? combinationsMax + 1);
    const shared = walks.find((walk) => walk.combinations * combinations <= combinationsMax);
    if (shared) {
      shared.of.push(grouping);
      shared.combinations *= combinations;
    } else walks.push({ of: [grouping], combinations });
  }
  return walks.map(({ of }) => of);
}

function walkFor(query: Query, groupings: readonly Grouping[]): readonly (readonly [Grouping, Groups])[] {
  const [only, ...others] = groupings;
  if (only && others.length === 0) return [[only, groupsOf(query, only)]];
  const found = jointGroups(query, groupings);
  return groupings.flatMap((grouping, index) => {
    const groups = found[index];
    return groups ? [[grouping, groups] as const] : [];
  });
}

function groupingOf(source: CollectionSource, subject: FacetSubject): Grouping {
  const joinedTo = (of: Elsewhere, condition: Sql) =>
    sql` LEFT JOIN ${name(of.table)} AS o ON o.${name(of.owner)} = ${ownerOf(source, of)} AND ${condition}`;
  if ("label" in subject) {
    if (!source.labelsOf) throw new QueryError("there are no labels here");
    const join = joinedTo(source.labelsOf, sql`o."key" = ${value(subject.label)}`);
    const tallied = source.tally.labels ? `label:${subject.label}` : undefined;
    return { column: { kind: "text" }, many: false, tallied, join, value: sql`o."value"` };
  }
  const column = columnOf(source, subject.column);
  if (!column.faceted) throw new QueryError(`column ${subject.column} is no facet`);
  const { field, of, once } = column;
  const tallied = isTallied(source, column) ? field : undefined;
  if (!of) return { column, many: false, tallied, join: nothing, value: sql`+${row}.${name(field)}` };
  const own = sql`o.${name(field)}`;
  const join = once ? joinedTo(once, sql`${own} <> ''`) : joinedTo(of, sql`${own} IS NOT NULL`);
  return { column, many: !once && column.many === true, tallied, join, value: own };
}
