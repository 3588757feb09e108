import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Found, Key, Order, PageQuery } from "../../../src/projections/query/collection.ts";
import type { Condition, Scalar, Subject } from "../../../src/projections/query/condition.ts";
import { facetValuesMax } from "../../../src/projections/query/facet-groups.ts";
import { matches } from "../../../src/projections/query/matches.ts";
import { type Costs, measuredCosts } from "../../../src/projections/query/plan.ts";
import { QueryError } from "../../../src/projections/query/query-error.ts";
import type { SearchableCollection } from "../../../src/projections/query/sql-collection.ts";
import {
  anyCondition,
  anyCosts,
  anyOrder,
  anyThings,
  factsOf,
  type Thing,
  type ThingRow,
  thingCollection,
  thingSource,
} from "./things.ts";

const subjects: Subject[] = [
  { column: "state" },
  { column: "flag" },
  { column: "size" },
  { column: "part" },
  { label: "rack" },
];

const anyWhere = fc.option(anyCondition, { nil: undefined });

/** The ids that a query means, by looking at every row. */
function expectedIds(
  things: readonly Thing[],
  where: Condition | undefined,
  order: Order,
): readonly string[] {
  const field = thingSource.columns[order.column]?.field as keyof ThingRow;
  const sign = order.descending ? -1 : 1;
  return things
    .filter((thing) => matches(factsOf(thing), where))
    .map(({ row }) => row)
    .toSorted((a, b) => sign * (compare(a[field], b[field]) || compare(a.id, b.id)))
    .map(({ id }) => id);
}

function compare(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}

function idsOf(found: readonly Found<ThingRow>[]): readonly string[] {
  return found.map(({ row }) => row.id);
}

/** How many things have each value, by looking at every one; a thing with several counts for each. */
function expectedFacet(things: readonly Thing[], where: Condition | undefined, subject: Subject) {
  const counts = new Map<Scalar | null, number>();
  for (const facts of things.map(factsOf).filter((each) => matches(each, where))) {
    const held = "label" in subject ? facts.labels?.[subject.label] : facts.values[subject.column];
    const values = new Set(Array.isArray(held) ? (held as readonly Scalar[]) : []);
    const counted =
      Array.isArray(held) && held.length > 0 ? values : [Array.isArray(held) ? null : (held ?? null)];
    for (const value of counted)
      counts.set(value as Scalar | null, (counts.get(value as Scalar | null) ?? 0) + 1);
  }
  return counts;
}

function thing(number: number, row: Partial<ThingRow>): Thing {
  const blank = { state: "ready", name: null, size: null, flag: 0, address: null, seenAtMs: 0 };
  return { row: { ...blank, ...row, id: `id-${number}` }, labels: {}, parts: [] };
}

/** Reads page after page until one is not full. */
function allPages(
  collection: SearchableCollection<ThingRow>,
  query: PageQuery,
  direction: "forward" | "backward",
): readonly string[] {
  const ids: string[] = [];
  let key: Key | undefined;
  for (;;) {
    const page = collection.page(
      direction === "forward" ? { ...query, after: key } : { ...query, before: key, fromEnd: true },
    );
    if (direction === "forward") ids.push(...idsOf(page));
    else ids.unshift(...idsOf(page));
    if (page.length < query.limit) return ids;
    // As a cursor would carry it.
    key = JSON.parse(JSON.stringify((direction === "forward" ? page.at(-1) : page[0])?.key));
  }
}

/** A collection with what it should find, and with what its ways of reading are said to cost. */
const anyCase = fc.record({ things: anyThings, costs: anyCosts, where: anyWhere, orderBy: anyOrder });

function withThings(
  { things, costs }: { readonly things: readonly Thing[]; readonly costs: Costs },
  check: (collection: SearchableCollection<ThingRow>) => void,
): void {
  const collection = thingCollection(things, costs);
  try {
    check(collection);
  } finally {
    collection.close();
  }
}

describe("a page of a collection", () => {
  test("holds, one after another, exactly the rows that a look at every row finds, forward and backward", () => {
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 1, max: 7 }), ({ where, orderBy, ...rows }, limit) => {
        withThings(rows, (collection) => {
          const expected = expectedIds(rows.things, where, orderBy);
          expect(allPages(collection, { where, orderBy, limit }, "forward")).toEqual(expected);
          expect(allPages(collection, { where, orderBy, limit }, "backward")).toEqual(expected);
        });
      }),
      { numRuns: 500 },
    );
  });

  test("stays between two keys", () => {
    const anyBounds = fc.tuple(fc.nat({ max: 39 }), fc.nat({ max: 39 }), fc.boolean());
    fc.assert(
      fc.property(anyCase, anyBounds, ({ where, orderBy, ...rows }, [first, last, fromEnd]) => {
        withThings(rows, (collection) => {
          const keys = collection.page({ orderBy, limit: 100 }).map(({ key }) => key);
          const ids = expectedIds(rows.things, undefined, orderBy);
          const [after, before] = [keys[first], keys[last]];
          const expected = expectedIds(rows.things, where, orderBy).filter(
            (id) => (!after || ids.indexOf(id) > first) && (!before || ids.indexOf(id) < last),
          );
          const page = idsOf(collection.page({ where, orderBy, after, before, limit: 5, fromEnd }));
          expect(page).toEqual(fromEnd ? expected.slice(-5) : expected.slice(0, 5));
        });
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["three parts", [1, "id", 3]],
    ["no id", [null]],
    ["a value that no row has", [{}, "id"]],
    ["no list", "id"],
  ])("cannot begin at what is no key: %s", (_what, after) => {
    withThings({ things: [], costs: measuredCosts }, (collection) => {
      expect(() => collection.page({ after: after as never, limit: 1 })).toThrow(QueryError);
    });
  });
});

describe("a collection", () => {
  test("counts what it pages through", () => {
    fc.assert(
      fc.property(anyCase, ({ where, orderBy, ...rows }) => {
        withThings(rows, (collection) => {
          const count = expectedIds(rows.things, where, orderBy).length;
          expect(collection.count(where, "exact")).toEqual({ count, estimated: false });
          expect(collection.count(where, "estimate")).toEqual({ count, estimated: false });
        });
      }),
      { numRuns: 300 },
    );
  });

  test("counts the rows of each value", () => {
    const anySubject = fc.constantFrom(...subjects);
    fc.assert(
      fc.property(anyCase, anySubject, ({ where, ...rows }, subject) => {
        withThings(rows, (collection) => {
          const expected = expectedFacet(rows.things, where, subject);
          const { values, others } = collection.facet(subject, where);
          expect(new Map(values.map(({ value, count }) => [value, count]))).toEqual(expected);
          expect(values.map(({ count }) => count)).toEqual([...expected.values()].sort((a, b) => b - a));
          expect(others).toBe(0);
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe("facets of a collection", () => {
  test("are together what each is by itself", () => {
    fc.assert(
      fc.property(anyCase, fc.subarray(subjects), ({ where, ...rows }, some) => {
        withThings(rows, (collection) => {
          const each = some.map((subject) => collection.facet(subject, where));
          expect(collection.facets(some, where)).toEqual(each);
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe("a collection of things", () => {
  test("shows the most frequent values of a facet and counts the others", () => {
    const things = Array.from({ length: 120 }, (_, index) => thing(index, { size: Math.min(index, 59) }));
    withThings({ things, costs: measuredCosts }, (collection) => {
      const { values, others } = collection.facet({ column: "size" }, undefined);
      expect(values).toHaveLength(facetValuesMax);
      expect(values.slice(0, 2)).toEqual([
        { value: 59, count: 61 },
        { value: 0, count: 1 },
      ]);
      expect(others).toBe(10);
    });
  });

  test("finds a row by what names it", () => {
    withThings({ things: [thing(1, {}), thing(2, {})], costs: measuredCosts }, (collection) => {
      expect(collection.find("id-2")?.id).toBe("id-2");
      expect(collection.find("id-3")).toBeUndefined();
    });
  });
});

describe("a question to a collection", () => {
  test.each<[string, Condition]>([
    ["there is no column colour", { column: "colour", eq: "red" }],
    ["there is no column toString", { column: "toString", eq: "red" }],
    ["column state takes one of ready, failed, gone", { column: "state", eq: "happy" }],
    ["column state takes no prefix", { column: "state", prefix: "re" }],
    ["column name takes no range", { column: "name", from: "a" }],
    ["column size takes no within", { column: "size", within: "10.0.0.0/8" }],
    ["column size takes a whole number", { column: "size", eq: 1.5 }],
    ["column address takes a network", { column: "address", within: "10.0.0.1/8" }],
    ["a range has a bound", { column: "size" } as Condition],
    ["a label is compared whole", { label: "rack", prefix: "r" }],
    [
      "a list has at most 500 values",
      { column: "size", in: Array.from({ length: 501 }, (_, index) => index) },
    ],
    ["at most 128 terms", { any: Array.from({ length: 129 }, (_, eq) => ({ column: "size", eq })) }],
  ])("is refused when it does not fit the columns: %s", (message, where) => {
    withThings({ things: [], costs: measuredCosts }, (collection) => {
      expect(() => collection.count(where, "exact")).toThrow(message);
    });
  });

  test("is refused for an order or a facet that there is not", () => {
    withThings({ things: [], costs: measuredCosts }, (collection) => {
      const orderBy = { column: "flag", descending: false };
      expect(() => collection.page({ orderBy, limit: 1 })).toThrow("nothing is ordered by flag");
      expect(() => collection.facet({ column: "name" }, undefined)).toThrow("column name is no facet");
    });
  });
});
