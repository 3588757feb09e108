import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { environmentCollection } from "../../../src/projections/collections/boot-environments.ts";
import { checkpointCollection } from "../../../src/projections/collections/checkpoints.ts";
import { eventCollection } from "../../../src/projections/collections/events.ts";
import { fleetCollection } from "../../../src/projections/collections/fleet.ts";
import { interfaceCollection } from "../../../src/projections/collections/interfaces.ts";
import {
  addressUsageCollection,
  leaseCollection,
  reservationCollection,
  subnetCollection,
} from "../../../src/projections/collections/leases.ts";
import { runCollection } from "../../../src/projections/collections/runs.ts";
import type { QueryColumn } from "../../../src/projections/query/column.ts";
import type { Condition } from "../../../src/projections/query/condition.ts";
import { measuredCosts } from "../../../src/projections/query/plan.ts";
import { QueryError } from "../../../src/projections/query/query-error.ts";
import type { SearchableCollection } from "../../../src/projections/query/sql-collection.ts";
import type { View } from "../../../src/projections/view.ts";
import { openViewConnection, type ViewConnection } from "../../../src/projections/view-connection.ts";
import { createViewFile } from "../../../src/projections/view-file.ts";
import { bootEnvironments } from "../../../src/projections/views/boot-environments.ts";
import { eventsIndex } from "../../../src/projections/views/events-index.ts";
import { fleet } from "../../../src/projections/views/fleet.ts";
import { leases } from "../../../src/projections/views/leases.ts";
import { logTree } from "../../../src/projections/views/log-tree.ts";
import { runs } from "../../../src/projections/views/runs.ts";
import { allEvents, historyLog } from "../../support/history.ts";
import { temporaryDirectory } from "../view-files.ts";

type MakeCollection = (connection: ViewConnection) => SearchableCollection<unknown>;

const collections: readonly (readonly [name: string, view: View, make: MakeCollection])[] = [
  ["machines", fleet, fleetCollection],
  ["interfaces", fleet, interfaceCollection],
  ["leases", leases, leaseCollection],
  ["reservations", leases, reservationCollection],
  ["subnets", leases, subnetCollection],
  ["address usage", leases, addressUsageCollection],
  ["boot environments", bootEnvironments, environmentCollection],
  ["runs", runs, runCollection],
  ["events", eventsIndex, eventCollection],
  ["checkpoints", logTree, checkpointCollection],
];

interface Watched {
  readonly collection: SearchableCollection<unknown>;
  /** What SQLite says of each statement that `ask` runs. */
  plansOf(ask: () => unknown): readonly string[];
}

async function watched(view: View, make: MakeCollection): Promise<Watched> {
  const path = join(temporaryDirectory(), "view.db");
  const file = createViewFile(path, view);
  file.apply(await allEvents(await historyLog(1, 12)));
  await file.flush();
  const connection = openViewConnection(path);
  const explainer = new DatabaseSync(path, { readOnly: true });
  onTestFinished(() => {
    explainer.close();
    connection.close();
    file.close();
  });
  const run: string[] = [];
  const prepare: ViewConnection["prepare"] = (sql) => {
    const statement = connection.prepare(sql);
    return {
      get(...parameters) {
        run.push(sql);
        return statement.get(...parameters);
      },
      all(...parameters) {
        run.push(sql);
        return statement.all(...parameters);
      },
    };
  };
  return {
    collection: make({ ...connection, prepare }),
    plansOf(ask) {
      run.length = 0;
      ask();
      return run.flatMap((sql) =>
        explainer
          .prepare(`EXPLAIN QUERY PLAN ${sql}`)
          .all()
          .map((row) => String(row["detail"])),
      );
    },
  };
}

/** A condition on each column that a row or two may meet. */
function conditionsOn(columns: Readonly<Record<string, QueryColumn>>): readonly Condition[] {
  const values = {
    boolean: true,
    number: 1,
    time: 1,
    address: "10.0.0.1",
    mac: "52:54:00:00:00:01",
  } as const;
  return Object.entries(columns).map(([column, { kind, values: words = ["x"] }]) => ({
    column,
    eq: kind in values ? values[kind as keyof typeof values] : (words[0] ?? ""),
  }));
}

/** Steps that look at every row of a table, in whatever order. */
const scans = (plan: readonly string[]) => plan.filter((step) => /^SCAN (?!d$|\()/.test(step));
/** Steps that sort. */
const sorts = (plan: readonly string[]) => plan.filter((step) => step.includes("TEMP B-TREE FOR ORDER BY"));

describe.each(collections)("%s", (_name, view, make) => {
  test("are paged in the order of ids without sorting", async () => {
    const { collection, plansOf } = await watched(view, make);
    // Reservations are some rows of a table, found by another index than that of the order.
    if (make === reservationCollection) return;
    expect(sorts(plansOf(() => collection.page({ limit: 20 })))).toEqual([]);
  });

  test("are never walked through to count them all", async () => {
    const { collection, plansOf } = await watched(view, make);
    const plan = plansOf(() => collection.count(undefined, "estimate"));
    expect(collection.count(undefined, "exact").count).toBeGreaterThanOrEqual(0);
    // Of a collection that is part of a table, an index tells the part.
    expect(scans(plan).filter((step) => step !== "SCAN m" || !["leases"].includes(view.name))).toEqual([]);
  });

  test("can be asked for every column, in every order, and counted by every facet", async () => {
    const { collection } = await watched(view, make);
    for (const where of conditionsOn(collection.columns)) {
      for (const [column, { ordered, faceted }] of Object.entries(collection.columns)) {
        if (ordered) collection.page({ where, orderBy: { column, descending: true }, limit: 5 });
        if (faceted) expect(collection.facet({ column }, where).others).toBe(0);
      }
      expect(collection.count(where, "exact").estimated).toBe(false);
    }
  });
});

describe("machines", () => {
  const indexed = ["machineId", "name", "state", "product", "memoryBytes", "changedAt", "seenAt"];

  test.each(indexed)("in the order of %s walk its index", async (column) => {
    const { collection, plansOf } = await watched(fleet, fleetCollection);
    const orderBy = { column, descending: true };
    const where = { not: { column: "locked", eq: true } };
    expect(sorts(plansOf(() => collection.page({ where, orderBy, limit: 20 })))).toEqual([]);
  });

  test.each<Condition>([
    { column: "name", eq: "node-1" },
    { column: "name", prefix: "node-1" },
    { column: "serial", eq: "S1" },
    { column: "mac", eq: "52:54:00:00:00:01" },
    { column: "address", within: "10.0.0.0/24" },
    { column: "subnet", in: ["rack-1", "rack-2"] },
    { column: "failureCode", eq: "DISK_NOT_FOUND" },
    { label: "rack", eq: "r1" },
    {
      any: [
        { column: "name", eq: "a" },
        { label: "rack", eq: "r1" },
      ],
    },
  ])("that an index knows are not looked for among all: %j", async (where) => {
    const { collection, plansOf } = await watched(fleet, fleetCollection);
    const orderBy = { column: "manufacturer", descending: false };
    expect(scans(plansOf(() => collection.page({ where, orderBy, limit: 20 })))).toEqual([]);
    expect(scans(plansOf(() => collection.facet({ column: "state" }, where)))).toEqual([]);
  });

  test("are counted by what the view counted while writing", async () => {
    const { collection, plansOf } = await watched(fleet, fleetCollection);
    const plan = plansOf(() => {
      collection.count({ column: "state", in: ["ready", "failed"] }, "exact");
      collection.count({ not: { label: "rack", exists: true } }, "exact");
      collection.facet({ column: "subnet" }, undefined);
      collection.facet({ label: "rack" }, undefined);
    });
    expect(
      new Set(plan.filter((step) => /SEARCH|SCAN/.test(step)).map((step) => step.split(" USING ")[0])),
    ).toEqual(new Set(["SEARCH tally"]));
  });
});

describe("events", () => {
  const manyRows = { ...measuredCosts, fetched: -1, fetchedShare: -1, fetchedInOrderShare: -1 };
  const asMany: MakeCollection = (connection) => eventCollection(connection, manyRows);

  test.each<[string, Condition | undefined]>([
    ["INTEGER PRIMARY KEY", { column: "time", from: 0, below: 4e12 }],
    ["INDEX event_type (type=?", { column: "type", eq: "PxeRequested" }],
    [
      "INDEX event_category (category=?",
      {
        all: [
          { column: "category", eq: "boot" },
          { column: "time", from: 0 },
        ],
      },
    ],
    [
      "INDEX event_actor (actor=?",
      { all: [{ column: "actor", eq: "user:ada" }, { not: { column: "source", eq: "x" } }] },
    ],
    ["m", { not: { column: "source", eq: "dhcp" } }],
    ["m", undefined],
  ])("are read in the order of the log by %s, not sorted: %j", async (index, where) => {
    const { collection, plansOf } = await watched(eventsIndex, asMany);
    for (const descending of [false, true]) {
      const orderBy = { column: "position", descending };
      const plan = plansOf(() => collection.page({ where, orderBy, limit: 20 }));
      expect(sorts(plan)).toEqual([]);
      expect(plan.filter((step) => / m\b/.test(step)).at(-1)).toContain(index);
    }
  });

  test("are not counted when they are too many to look at", async () => {
    const few: MakeCollection = (connection) => eventCollection(connection, { ...manyRows, counted: 10 });
    const { collection } = await watched(eventsIndex, few);
    const where = { not: { column: "actor", eq: "user:ada" } };
    expect(() => collection.count(where, "exact")).toThrow(QueryError);
    expect(() => collection.facet({ column: "actor" }, undefined)).toThrow("for a shorter time");
    expect(collection.facet({ column: "type" }, undefined).values.length).toBeGreaterThan(5);
    expect(collection.facet({ column: "actor" }, { column: "time", below: 0 })).toEqual({
      values: [],
      others: 0,
    });
  });
});
