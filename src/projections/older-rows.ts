import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { checkpointLoader, type LastEvent } from "./checkpoint.ts";
import { createTables } from "./table.ts";
import type { View } from "./view.ts";

/** The rows that an older version of a view made, held for readers until those of this version are there. */
export interface OlderRows {
  readonly path: string;
  /** Of the view that made them. */
  readonly version: number;
  /** The last event that they contain. */
  readonly last: LastEvent | undefined;
  close(): void;
}

/**
 * Opens a file that an older version of the view wrote; `undefined`: there is none, or this version's readers do not
 * understand it.
 *
 * @throws Error of node:sqlite when it is damaged
 */
export function openOlderRows(path: string, view: View): OlderRows | undefined {
  // Opening would make a missing file, empty and without tables.
  if (!existsSync(path)) return undefined;
  // Open for writing, though nothing is written: readers of a file need somebody who keeps its write-ahead log.
  const database = new DatabaseSync(path, { timeout: 5_000 });
  try {
    const { version, last } = checkpointLoader(database)();
    const { rowsSince = view.version } = view;
    if (version >= rowsSince && version < view.version && hasTables(database, view)) {
      return { path, version, last, close: () => database.close() };
    }
    database.close();
    return undefined;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Whether the file has each table and index as the view has it now, so that whatever reads those can read these. */
function hasTables(database: DatabaseSync, { tables }: View): boolean {
  const there = new Set(
    database
      .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
      .all()
      .map(({ sql }) => sql),
  );
  return createTables(tables)
    .split(";\n")
    .every((sql) => there.has(sql));
}
