import type { RunId } from "../../domain/values/run-id.ts";
import { type OrdinalPage, ordinalPages } from "../ordinal-page.ts";
import { tableReader } from "../table-reader.ts";
import type { ViewConnection } from "../view-connection.ts";
import { type RunBootRow, type RunRow, runTables } from "./runs.ts";

/** Single runs, and their boots. Many runs are read by `runCollection`. */
export interface RunsReader {
  find(id: RunId): RunRow | undefined;
  /** The boots that the run caused, and the first one after it ended. */
  listBoots(run: RunId, page: OrdinalPage): readonly RunBootRow[];
}

export function runsReader(connection: ViewConnection): RunsReader {
  const byId = tableReader(connection, runTables, "run").one("WHERE id = ?");
  const boots = ordinalPages(tableReader(connection, runTables, "boot"), "run = ?");
  return {
    find: (id) => byId(id),
    listBoots: (id, page) => boots([id], page),
  };
}
