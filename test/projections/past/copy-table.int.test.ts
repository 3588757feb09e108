import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { RecordedEvent } from "../../../src/domain/ports/event-store.ts";
import { copyTable } from "../../../src/projections/past/copy-table.ts";
import { keptViews } from "../../../src/projections/past/kept-views.ts";
import { openPast } from "../../../src/projections/past/open-past.ts";
import { keptColumns, type PastView } from "../../../src/projections/past/with-past.ts";
import type { Table } from "../../../src/projections/table.ts";
import { createViewFile } from "../../../src/projections/view-file.ts";
import { allEvents, dice, historyLog } from "../../support/history.ts";
import { naiveFold } from "../naive-fold.ts";
import { temporaryDirectory } from "../view-files.ts";

const momentsTried = 25;
const cases = Object.values(keptViews).map((view) => ({ name: view.name, view }));

let events: readonly RecordedEvent[];
beforeAll(async () => {
  events = await allEvents(await historyLog(7, 12));
});

/** What is kept of each row, in the order of the key. */
function keptRows(view: PastView, until: number) {
  const all = naiveFold(view, events.slice(0, until + 1));
  return Object.fromEntries(
    Object.entries(view.kept).map(([name, of]) => {
      const table = view.tables[name] as Table;
      const names = Object.keys(table.columns);
      const kept = keptColumns(table, of).map((column) => names.indexOf(column));
      return [name, (all[name] ?? []).map((row) => kept.map((index) => row[index]))];
    }),
  );
}

function readRows(path: string, view: PastView, ordinal: number) {
  const past = openPast(view);
  try {
    return Object.fromEntries(
      Object.entries(view.kept).map(([name, of]) => {
        const table = view.tables[name] as Table;
        const to = join(dirname(path), "copy.db");
        past.add(name, to, copyTable(view, { view: view.name, table: name, ordinal, from: path, to }));
        rmSync(to);
        const columns = keptColumns(table, of);
        const statement = past.prepare(
          `SELECT ${columns.map((column) => `"${column}"`).join(", ")} FROM "${name}" ORDER BY ${table.key.join(", ")}`,
        );
        const rows = statement.all().map((row) => columns.map((column) => row[column]));
        return [name, rows];
      }),
    );
  } finally {
    past.close();
  }
}

test("what belongs to other rows is looked up by an index in a copy, too", () => {
  const { fleet } = keptViews;
  const folder = temporaryDirectory();
  const [from, to] = [join(folder, "view.db"), join(folder, "copy.db")];
  const file = createViewFile(from, fleet);
  copyTable(fleet, { view: "fleet", table: "interface", ordinal: 0, from, to });
  file.close();
  const past = openPast(fleet);
  past.add("interface", to, 0);
  const [plan] = past.prepare("EXPLAIN QUERY PLAN SELECT mac FROM interface WHERE machineId = ?").all("");
  past.close();
  expect(plan?.["detail"]).toContain("INDEX interface_machineId");
});

describe("reading a view as it was", () => {
  test.each(cases)("gives the rows of the naive fold up to that event: $name", async ({ view }) => {
    const path = join(temporaryDirectory(), "view.db");
    const file = createViewFile(path, view);
    const chance = dice(11);
    for (let start = 0; start < events.length; ) {
      const end = start + 1 + chance.roll(40);
      file.apply(events.slice(start, end));
      await file.flush();
      start = end;
    }
    const moments = Array.from({ length: momentsTried }, () => chance.roll(events.length));
    for (const moment of [0, ...moments, events.length - 1]) {
      expect(readRows(path, view, moment), `after event ${moment}`).toEqual(keptRows(view, moment));
    }
    file.close();
  });
});
