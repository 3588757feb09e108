import { type Ipv4, ipv4Number } from "../../domain/values/ipv4.ts";
import { checkCondition, columnOf } from "./check.ts";
import type { Collection, FacetCounts, FacetValue, Found, Key, Order, PageQuery } from "./collection.ts";
import type { Condition, Scalar, Subject } from "./condition.ts";
import { facetValuesMax } from "./facet-groups.ts";
import { type Facts, matches } from "./matches.ts";
import { QueryError } from "./query-error.ts";
import type { SearchColumns } from "./search.ts";

/** How rows in memory are searched and ordered. */
export interface MemorySource<Row> extends Omit<SearchColumns, "labels"> {
  readonly defaultOrder: Order;
  readonly idOf: (row: Row) => string;
  readonly factsOf: (row: Row) => Facts["values"];
  /** (Default: the rows have none) */
  readonly labelsOf?: (row: Row) => NonNullable<Facts["labels"]>;
}

/** A collection of rows that are few enough to look at each. `rows` is asked every time. */
export function memoryCollection<Row>(
  source: MemorySource<Row>,
  rows: () => Iterable<Row>,
): Collection<Row> & SearchColumns {
  const { columns, aliases, bareWord, defaultOrder, idOf, factsOf, labelsOf } = source;
  const queried = { columns, labels: labelsOf !== undefined };
  const factsAbout = (row: Row): Facts => ({
    values: factsOf(row),
    ...(labelsOf && { labels: labelsOf(row) }),
  });

  function found(where: Condition | undefined): readonly Row[] {
    checkCondition(where, queried);
    return [...rows()].filter((row) => matches(factsAbout(row), where));
  }

  function keyOf(row: Row, column: string): Key {
    const value = factsOf(row)[column] ?? null;
    return [typeof value === "object" ? null : value, idOf(row)];
  }

  function page({
    where,
    orderBy = defaultOrder,
    after,
    before,
    limit,
    fromEnd,
  }: PageQuery): readonly Found<Row>[] {
    const { column, descending } = orderBy;
    if (!columnOf(queried, column).ordered) throw new QueryError(`there is no order by ${column}`);
    const direction = descending ? -1 : 1;
    const ofOrder = columnOf(queried, column).kind === "address" ? byAddress : compare;
    const inOrder = (one: Key, other: Key) =>
      direction * (ofOrder(one[0], other[0]) || compare(one[1], other[1]));
    const all = found(where)
      .map((row) => ({ row, key: keyOf(row, column) }))
      .filter(({ key }) => after === undefined || inOrder(key, after) > 0)
      .filter(({ key }) => before === undefined || inOrder(key, before) < 0)
      .toSorted((one, other) => inOrder(one.key, other.key));
    const last = fromEnd ?? (before !== undefined && after === undefined);
    return last ? all.slice(-limit) : all.slice(0, limit);
  }

  function facet(subject: Subject, where: Condition | undefined): FacetCounts {
    if ("label" in subject) throw new QueryError("labels are not counted here");
    const { column } = subject;
    if (!columnOf(queried, column).faceted) throw new QueryError(`column ${column} is not counted`);
    const counts = new Map<Scalar | null, number>();
    for (const row of found(where)) {
      for (const value of valuesOf(factsOf(row)[column])) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const values = [...counts].map(([value, count]): FacetValue => ({ value, count })).toSorted(byFrequency);
    const others = values.slice(facetValuesMax).reduce((sum, { count }) => sum + count, 0);
    return { values: values.slice(0, facetValuesMax), others };
  }

  return {
    ...queried,
    aliases,
    bareWord,
    defaultOrder,
    page,
    count: (where) => ({ count: found(where).length, estimated: false }),
    facet,
    facets: (subjects, where) => subjects.map((subject) => facet(subject, where)),
    find: (id) => [...rows()].find((row) => idOf(row) === id),
  };
}

function valuesOf(value: Facts["values"][string] | undefined): readonly (Scalar | null)[] {
  if (value === undefined || value === null) return [null];
  if (typeof value !== "object") return [value];
  return value.length === 0 ? [null] : value;
}

function byFrequency(one: FacetValue, other: FacetValue): number {
  return other.count - one.count || compare(one.value, other.value);
}

/** Addresses as numbers: as text, .10 would come before .9. */
function byAddress(one: Scalar | null, other: Scalar | null): number {
  const number = (value: Scalar | null) => (value === null ? null : ipv4Number(value as Ipv4));
  return compare(number(one), number(other));
}

/** No value comes first. */
function compare(one: Scalar | null, other: Scalar | null): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? -1 : 1;
  return one < other ? -1 : 1;
}
