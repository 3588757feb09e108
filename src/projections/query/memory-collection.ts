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
}

/** A collection of rows that are few enough to look at each. `rows` is asked every time. */
export function memoryCollection<Row>(
  source: MemorySource<Row>,
  rows: () => Iterable<Row>,
): Collection<Row> & SearchColumns {
  const { columns, aliases, bareWord, defaultOrder, idOf, factsOf } = source;
  const queried = { columns, labels: false };

  function found(where: Condition | undefined): readonly Row[] {
    checkCondition(where, queried);
    return [...rows()].filter((row) => matches({ values: factsOf(row) }, where));
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
    const inOrder = (one: Key, other: Key) => direction * compareKeys(one, other);
    const all = found(where)
      .map((row) => ({ row, key: keyOf(row, column) }))
      .filter(({ key }) => after === undefined || inOrder(key, after) > 0)
      .filter(({ key }) => before === undefined || inOrder(key, before) < 0)
      .toSorted((one, other) => inOrder(one.key, other.key));
    const last = fromEnd ?? (before !== undefined && after === undefined);
    return last ? all.slice(-limit) : all.slice(0, limit);
  }

  function facet(subject: Subject, where: Condition | undefined): FacetCounts {
    if ("label" in subject) throw new QueryError("there are no labels here");
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

/** Rows without a value come first; rows with the same one are in the order of their ids. */
function compareKeys([one, oneId]: Key, [other, otherId]: Key): number {
  return compare(one, other) || compare(oneId, otherId);
}

function compare(one: Scalar | null, other: Scalar | null): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? -1 : 1;
  return one < other ? -1 : 1;
}
