import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { tableReader } from "../../src/projections/table-reader.ts";
import type { View } from "../../src/projections/view.ts";
import { openViewConnection, type ViewConnection } from "../../src/projections/view-connection.ts";
import { createViewFile } from "../../src/projections/view-file.ts";
import { allViews } from "../../src/projections/views/all.ts";
import { bootEnvironments, bootEnvironmentsReader } from "../../src/projections/views/boot-environments.ts";
import { bootMemory } from "../../src/projections/views/boot-memory.ts";
import { bootTimeline, timelineTables } from "../../src/projections/views/boot-timeline.ts";
import { bootTimelineReader } from "../../src/projections/views/boot-timeline-reader.ts";
import { bulkChanges, bulkChangesReader } from "../../src/projections/views/bulk-changes.ts";
import { eventsIndex } from "../../src/projections/views/events-index.ts";
import { eventsIndexReader } from "../../src/projections/views/events-index-reader.ts";
import { fleet } from "../../src/projections/views/fleet.ts";
import { leases } from "../../src/projections/views/leases.ts";
import { leasesReader } from "../../src/projections/views/leases-reader.ts";
import { logTree } from "../../src/projections/views/log-tree.ts";
import { logTreeReader } from "../../src/projections/views/log-tree-reader.ts";
import { machines } from "../../src/projections/views/machines.ts";
import { machinesReader } from "../../src/projections/views/machines-reader.ts";
import { runs } from "../../src/projections/views/runs.ts";
import { runsReader } from "../../src/projections/views/runs-reader.ts";
import { temporaryDirectory } from "./view-files.ts";

interface Plan {
  readonly sql: string;
  readonly steps: readonly string[];
}

type MakeReader = (connection: ViewConnection) => unknown;

const readers = new Map<View, MakeReader>([
  [machines, machinesReader],
  [leases, leasesReader],
  [bootTimeline, bootTimelineReader],
  [runs, runsReader],
  [eventsIndex, eventsIndexReader],
  [bootEnvironments, bootEnvironmentsReader],
  [bulkChanges, bulkChangesReader],
  [logTree, logTreeReader],
]);

/** What SQLite says of each statement that a reader prepares, on a view that is still empty. */
function plansOf(view: View, makeReader: MakeReader): readonly Plan[] {
  const path = join(temporaryDirectory(), "view.db");
  const file = createViewFile(path, view);
  const connection = openViewConnection(path);
  const statements: string[] = [];
  makeReader({
    ...connection,
    prepare(sql) {
      statements.push(sql);
      return connection.prepare(sql);
    },
  });
  const database = new DatabaseSync(path, { readOnly: true });
  const plans = statements.map((sql) => {
    const rows = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
    return { sql, steps: rows.map((row) => String(row["detail"])) };
  });
  database.close();
  connection.close();
  file.close();
  return plans;
}

/**
 * Steps that walk through a table, sort what they found, or look at a whole range of keys for rows that another
 * column picks. A list in a parameter is no table.
 */
function costly({ sql, steps }: Plan): readonly string[] {
  const isPicked = /WHERE \w+ = /.test(sql);
  return steps.filter(
    (step) =>
      /^SCAN (?!json_each)|TEMP B-TREE/.test(step) ||
      (isPicked && /^SEARCH/.test(step) && !step.includes("=?")),
  );
}

describe("a reader's statements", () => {
  test("are looked at for every view", () => {
    // The fleet is read by its collections only, whose statements are made up at run time; what the packet path
    // remembers is read as a whole, once, at start.
    const views = allViews
      .map(({ name }) => name)
      .filter((name) => name !== fleet.name && name !== bootMemory.name);
    expect([...readers.keys()].map(({ name }) => name)).toEqual(expect.arrayContaining(views));
  });

  test.each(
    [...readers].map(([view, reader]) => [view.name, view, reader] as const),
  )("search by an index and sort nothing: %s", (_name, view, reader) => {
    const plans = plansOf(view, reader);
    expect(plans.length).toBeGreaterThan(0);
    expect(plans.filter((plan) => costly(plan).length > 0)).toEqual([]);
  });

  test("that sorted would be found out", () => {
    const plans = plansOf(bootTimeline, (connection) =>
      tableReader(connection, timelineTables, "entry").many("WHERE machineId = ? ORDER BY timeMs"),
    );
    expect(plans.flatMap(costly)).toEqual(["USE TEMP B-TREE FOR ORDER BY"]);
  });

  test("that looked at all keys would be found out", () => {
    const plans = plansOf(bootTimeline, (connection) =>
      tableReader(connection, timelineTables, "entry").many(
        "WHERE type = ? AND ordinal > ? ORDER BY ordinal",
      ),
    );
    expect(plans.flatMap(costly)).toEqual(["SEARCH entry USING INTEGER PRIMARY KEY (rowid>?)"]);
  });

  test("that walked through a table would be found out", () => {
    const plans = plansOf(bootTimeline, (connection) =>
      tableReader(connection, timelineTables, "entry").many("WHERE detail = ?"),
    );
    expect(plans.flatMap(costly)).toEqual(["SCAN entry"]);
  });
});
