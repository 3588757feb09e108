import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { createTables, quoted, type Table } from "../table.ts";
import {
  goneColumn,
  type KeptTable,
  keptColumns,
  type PastView,
  sinceColumn,
  versionsOf,
} from "./with-past.ts";

/** A table of a view as it was, and where it is to be copied from and to. A thread can be handed it. */
export interface TableCopy<View extends string = string> {
  readonly view: View;
  readonly table: string;
  /** How many events the log holds before the last one that belongs to the moment; -1: there were none. */
  readonly ordinal: number;
  /** The file that the view's rows are in now. It must show that event, and may be replaced meanwhile. */
  readonly from: string;
  /** The file that is made, with this one table. */
  readonly to: string;
}

/** Copies the version of each row that was the newest then. Returns how many rows there were. */
export function copyTable(view: PastView, { table: name, ordinal, from, to }: TableCopy): number {
  const table = view.tables[name];
  const kept = view.kept[name];
  if (!table || !kept) throw new Error(`view ${view.name} keeps no past of a table ${name}`);
  // Whatever a crash left there is nobody's.
  rmSync(to, { force: true });
  const database = new DatabaseSync(to);
  try {
    // What a power cut destroys here is made anew when it is asked for. Large pages are written a fifth faster.
    database.exec("PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
    database.exec(createTables({ [name]: pastTable(table, kept) }));
    database.prepare("ATTACH ? AS now").run(`${pathToFileURL(from).href}?mode=ro`);
    // Both are read from one state of the view: no row goes away in between.
    database.exec("BEGIN");
    const sql = sqlOf(name, table, kept);
    const rows =
      Number(database.prepare(sql.present).run(ordinal).changes) +
      Number(database.prepare(sql.gone).run(ordinal).changes);
    database.exec("COMMIT");
    return rows;
  } finally {
    database.close();
  }
}

/** What is not kept is missing in every row. */
function pastTable(table: Table, { without = [], indexes = [] }: KeptTable): Table {
  const columns = Object.entries(table.columns).map(([name, column]) => [
    name,
    without.includes(name) ? { ...column, nullable: true } : column,
  ]);
  return { ...table, columns: Object.fromEntries(columns), indexes };
}

/** Statements that copy the rows that there still are, and those that there are no more. Parameter: the ordinal. */
function sqlOf(name: string, table: Table, kept: KeptTable) {
  const rows = `now.${quoted(name)}`;
  const versions = `now.${quoted(versionsOf(name))}`;
  const same = (one: string, other: string) =>
    table.key.map((column) => `${one}.${quoted(column)} = ${other}.${quoted(column)}`).join(" AND ");
  const keys = table.key.map((column) => `g.${quoted(column)}`).join(", ");
  const columns = keptColumns(table, kept);
  const newest = `(SELECT v.${sinceColumn} FROM ${versions} AS v
    WHERE ${same("v", "t")} AND v.${sinceColumn} <= ? ORDER BY v.${sinceColumn} DESC LIMIT 1)`;
  // CROSS JOIN keeps SQLite from beginning with the versions, which are many more than the rows.
  const copy = (from: string) => `INSERT INTO main.${quoted(name)} (${columns.map(quoted).join(", ")})
    SELECT ${columns.map((column) => `p.${quoted(column)}`).join(", ")} FROM ${from} AS t
    CROSS JOIN ${versions} AS p
      ON ${same("p", "t")} AND p.${sinceColumn} = ${newest} AND p.${goneColumn} IS NULL`;
  const goneSince = `(SELECT DISTINCT ${keys} FROM ${versions} AS g WHERE g.${goneColumn} IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM ${rows} AS n WHERE ${same("n", "g")}))`;
  return { present: copy(rows), gone: copy(goneSince) };
}
