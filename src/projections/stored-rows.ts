import type { DatabaseSync } from "node:sqlite";
import { type StoredTable, storedLog, storedTable } from "./stored-table.ts";
import { storedTally } from "./stored-tally.ts";
import type { TableKind, TableSet } from "./table.ts";
import type { Rows } from "./view.ts";

/** The tables of a view in SQLite, behind a cache that handlers read from and write to. */
export interface StoredRows<Tables extends TableSet> {
  readonly rows: Rows<Tables>;
  /** How many rows were changed and are not written yet. */
  pending(): number;
  /** Writes what is pending, and pauses now and then so that its caller may let others have the thread. */
  write(): Iterable<void>;
  /** The view has caught up: fewer rows are touched again soon, and fewer are kept in memory. */
  caughtUp(): void;
}

const storing = { rows: storedTable, log: storedLog, tally: storedTally } as const satisfies Record<
  TableKind,
  unknown
>;

export function storedRows<Tables extends TableSet>(
  database: DatabaseSync,
  tables: Tables,
): StoredRows<Tables> {
  const stored = Object.entries(tables).map(([name, definition]): [string, StoredTable] => [
    name,
    storing[definition.kind](database, name, definition),
  ]);
  return {
    // Each table's rows were built from that table's definition, which the compiler cannot follow.
    rows: Object.fromEntries(stored.map(([name, { rows }]) => [name, rows])) as Rows<Tables>,
    pending: () => stored.reduce((sum, [, table]) => sum + table.pending(), 0),
    *write() {
      for (const [, table] of stored) yield* table.write();
    },
    caughtUp() {
      for (const [, table] of stored) table.caughtUp();
    },
  };
}
