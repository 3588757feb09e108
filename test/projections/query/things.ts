import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import type { Condition, Scalar } from "../../../src/projections/query/condition.ts";
import type { Facts } from "../../../src/projections/query/matches.ts";
import type { Costs } from "../../../src/projections/query/plan.ts";
import { type SourceColumn, shown } from "../../../src/projections/query/source.ts";
import {
  type SearchableCollection,
  type SourceOf,
  sqlCollection,
} from "../../../src/projections/query/sql-collection.ts";
import { storedRows } from "../../../src/projections/stored-rows.ts";
import {
  createTables,
  integer,
  integerOrNull,
  type RowOf,
  table,
  text,
  textOrNull,
} from "../../../src/projections/table.ts";
import { countRow, tallyTable } from "../../../src/projections/tally.ts";
import type { Rows } from "../../../src/projections/view.ts";
import type { ViewConnection } from "../../../src/projections/view-connection.ts";

/** Tables with every kind of column that a collection may have. */
const thingTables = {
  thing: table({
    columns: {
      id: text(),
      state: text(),
      name: textOrNull(),
      size: integerOrNull(),
      flag: integer(),
      address: integerOrNull(),
      seenAtMs: integer(),
    },
    key: ["id"],
    indexes: [["state"], ["state", "name"], ["flag", "size"], ["name"], ["size"], ["address"]],
  }),
  label: table({
    columns: { thingId: text(), key: text(), value: text() },
    key: ["thingId", "key"],
    indexes: [["key", "value"]],
  }),
  part: table({
    columns: { id: text(), thingId: text(), kind: text() },
    key: ["id"],
    indexes: [["kind", "thingId"], ["thingId"]],
  }),
  tally: tallyTable,
};

const columns = {
  id: { kind: "id", field: "id", ordered: true },
  state: { kind: "enum", values: ["ready", "failed", "gone"], field: "state", ordered: true, faceted: true },
  name: { kind: "text", field: "name", ordered: true },
  size: { kind: "number", field: "size", ordered: true, faceted: true },
  flag: { kind: "boolean", field: "flag", faceted: true },
  address: { kind: "address", field: "address", ordered: true },
  seenAt: { kind: "time", field: "seenAtMs", ordered: true },
  part: { kind: "text", field: "kind", of: { table: "part", owner: "thingId" }, many: true, faceted: true },
} as const satisfies Readonly<Record<string, SourceColumn>>;

const tally = { collection: "thing", columns: ["state", "flag"], labels: true } as const;

export const thingSource: SourceOf<typeof thingTables, "thing"> = {
  tables: thingTables,
  table: "thing",
  tally,
  id: "id",
  columns,
  labels: true,
  labelsOf: { table: "label", owner: "thingId" },
  aliases: { ip: "address" },
  bareWord: "name",
  defaultOrder: { column: "id", descending: false },
  scannable: true,
};

export type ThingRow = RowOf<typeof thingTables.thing>;

/** A row with what belongs to it. */
export interface Thing {
  readonly row: ThingRow;
  readonly labels: Readonly<Record<string, string>>;
  readonly parts: readonly string[];
}

/** A collection of things in memory, through the tables and counters that a view would write. */
export function thingCollection(
  things: readonly Thing[],
  costs: Costs,
): SearchableCollection<ThingRow> & { close(): void } {
  const database = new DatabaseSync(":memory:");
  database.exec(createTables(thingTables));
  const stored = storedRows(database, thingTables);
  for (const thing of things) write(stored.rows, thing);
  for (const _pause of stored.write());
  const connection = connectionTo(database);
  return { ...sqlCollection(connection, thingSource, costs), close: () => database.close() };
}

function write(rows: Rows<typeof thingTables>, { row, labels, parts }: Thing): void {
  countRow(rows.tally, tally, { before: undefined, after: row });
  rows.thing.put(row);
  for (const [index, kind] of parts.entries())
    rows.part.put({ id: `${row.id} ${index}`, thingId: row.id, kind });
  for (const [key, value] of Object.entries(labels)) {
    rows.label.put({ thingId: row.id, key, value });
    rows.tally.count({ collection: "thing", column: "label", value: key }, 1);
    rows.tally.count({ collection: "thing", column: `label:${key}`, value }, 1);
  }
}

/** Few rows are many for these, so that every way of reading is tried. */
export const anyCosts: fc.Arbitrary<Costs> = fc.record({
  fetched: fc.constantFrom(0, 3, 1_000),
  fetchedShare: fc.constantFrom(0, 0.3),
  fetchedInOrderShare: fc.constantFrom(0, 0.3, 1),
  counted: fc.constant(1_000),
  walked: fc.constantFrom(0, 2, 9, 1_000),
});

/** A connection to a database that nobody else has. */
export function connectionTo(database: DatabaseSync): ViewConnection {
  return {
    prepare: (text) => {
      const statement = database.prepare(text);
      return {
        get: (...parameters) => statement.get(...parameters) as never,
        all: (...parameters) => statement.all(...parameters) as never,
      };
    },
    position: () => undefined,
  };
}

/** A thing as conditions see it. */
export function factsOf({ row, labels, parts }: Thing): Facts {
  const values = Object.entries(columns).map(([name, column]) => [
    name,
    column.field === "kind" ? parts : shown(column, row[column.field as keyof ThingRow]),
  ]);
  return { values: Object.fromEntries(values) as Facts["values"], labels };
}

const names = ["a", "ab", "abc", "b", "ba\u{10ffff}", "ba\u{10ffff}x", "z\u{d7ff}", "z\u{e000}"];
const addresses = ["10.0.0.1", "10.0.0.200", "10.0.1.7", "172.16.0.1", "255.255.255.255"];
const numbers = [0x0a000001, 0x0a0000c8, 0x0a000107, 0xac100001, 0xffffffff];
const keys = ["rack", "site"];
const labelValues = ["r1", "r2", "r10"];
const states = ["ready", "failed", "gone"] as const;

/** Up to 40 things that have much in common. */
export const anyThings: fc.Arbitrary<readonly Thing[]> = fc
  .array(
    fc.record({
      state: fc.constantFrom(...states),
      name: fc.option(fc.constantFrom(...names)),
      size: fc.option(fc.integer({ min: -2, max: 4 })),
      flag: fc.constantFrom(0, 1),
      address: fc.option(fc.constantFrom(...numbers)),
      seenAtMs: fc.integer({ min: 0, max: 5 }),
      labels: fc.dictionary(fc.constantFrom(...keys), fc.constantFrom(...labelValues)),
      parts: fc.array(fc.constantFrom("cpu", "nic", "gpu"), { maxLength: 3 }),
    }),
    { maxLength: 40 },
  )
  .map((rows) =>
    rows.map(({ labels, parts, ...row }, index) => ({
      row: { ...row, id: `id-${(index * 7919) % 97}` },
      labels,
      parts,
    })),
  );

const texts = (values: readonly string[]) => fc.constantFrom(...values);

function testsOn(column: string, value: fc.Arbitrary<Scalar>): fc.Arbitrary<Condition> {
  return fc.oneof(
    value.map((eq) => ({ column, eq })),
    fc.array(value, { maxLength: 3 }).map((list) => ({ column, in: list })),
    fc.boolean().map((exists) => ({ column, exists })),
  );
}

function ranges(column: string, bound: fc.Arbitrary<number>): fc.Arbitrary<Condition> {
  return fc.tuple(bound, bound, fc.constantFrom("from", "below", "both")).map(([from, below, which]) => ({
    column,
    ...(which === "below" ? {} : { from }),
    ...(which === "from" ? {} : { below }),
  }));
}

export const anyTerm: fc.Arbitrary<Condition> = fc.oneof(
  testsOn("state", texts(states)),
  testsOn("name", texts(names)),
  fc
    .constantFrom("", "a", "ab", "ba\u{10ffff}", "z\u{d7ff}", "\u{10ffff}")
    .map((prefix) => ({ column: "name", prefix })),
  testsOn("flag", fc.boolean()),
  testsOn("size", fc.integer({ min: -3, max: 5 })),
  ranges("size", fc.integer({ min: -3, max: 5 })),
  ranges("seenAt", fc.integer({ min: -1, max: 6 })),
  testsOn("address", texts(addresses)),
  texts(["10.0.0.0/24", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]).map((within) => ({
    column: "address",
    within,
  })),
  testsOn("part", texts(["cpu", "nic", "gpu", "fan"])),
  testsOn("id", texts(["id-0", "id-62", "id-27", "nobody"])),
  fc.tuple(texts([...keys, "owner"]), texts(labelValues)).map(([label, eq]) => ({ label, eq })),
  fc.tuple(texts(keys), fc.array(texts(labelValues))).map(([label, list]) => ({ label, in: list })),
  fc.tuple(texts(keys), fc.boolean()).map(([label, exists]) => ({ label, exists })),
);

/** Conditions of every kind, groups in groups. */
export const anyCondition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    anyTerm,
    fc.array(tie("condition"), { maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie("condition"), { maxLength: 3 }).map((any) => ({ any })),
    tie("condition").map((not) => ({ not })),
  ),
})).condition;

export const anyOrder = fc.record({
  column: fc.constantFrom("id", "state", "name", "size", "address", "seenAt"),
  descending: fc.boolean(),
});
