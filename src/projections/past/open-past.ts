import { DatabaseSync, type StatementSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { createTables, quoted, type TableSet } from "../table.ts";
import type { PastView } from "./with-past.ts";

/** A view as it was: the tables of it that were asked for so far. */
export interface Past {
  has(table: string): boolean;
  /** Reads the table in this file from now on. The file may be deleted afterwards. */
  add(table: string, file: string, rows: number): void;
  /** @throws TableMissingError */
  prepare(sql: string): StatementSync;
  /** Of all its tables. */
  rows(): number;
  close(): void;
}

/** What was asked needs a table of the past that was not added yet. */
export class TableMissingError extends Error {
  override readonly name = "TableMissingError";
  readonly table: string;

  constructor(table: string, options: ErrorOptions) {
    super(`table ${table} of the past is missing`, options);
    this.table = table;
  }
}

/** As SQLite says it. */
const missingTable = /^no such table: (?<table>\w+)$/;

/** Of a table's file that stays in the process's memory. */
const cacheKibibytes = 512;

/** Begins a look at the past, without any table of it. */
export function openPast(view: PastView): Past {
  const database = new DatabaseSync("");
  const { tally } = view.tables;
  // The one count that readers rely on is of all rows; what else they want counted they count.
  database.exec(createTables({ ...(tally && { tally }) } satisfies TableSet));
  const added = new Map<string, number>();

  function missingIn(error: unknown): string | undefined {
    const { table } = (error instanceof Error && missingTable.exec(error.message)?.groups) || {};
    return table !== undefined && table in view.kept && !added.has(table) ? table : undefined;
  }

  return {
    has: (table) => added.has(table),
    add(table, file, rows) {
      // Nobody writes to it any more: it needs no locks.
      const url = `${pathToFileURL(file).href}?mode=ro&immutable=1`;
      const schema = quoted(`of_${table}`);
      database.prepare(`ATTACH ? AS ${schema}`).run(url);
      // Many are open at once, and the system keeps the files in memory as far as it has some to spare.
      database.exec(`PRAGMA ${schema}.cache_size = -${cacheKibibytes}`);
      if (tally) database.prepare(`INSERT INTO tally VALUES (?, '*', 'null', ?)`).run(table, rows);
      added.set(table, rows);
    },
    prepare(sql) {
      try {
        return database.prepare(sql);
      } catch (error) {
        const table = missingIn(error);
        if (table === undefined) throw error;
        throw new TableMissingError(table, { cause: error });
      }
    },
    rows: () => [...added.values()].reduce((sum, each) => sum + each, 0),
    close: () => database.close(),
  };
}
