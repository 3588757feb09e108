import type { MachineId } from "../../domain/values/machine-id.ts";
import type { RunId } from "../../domain/values/run-id.ts";
import { mergedPages, type OrdinalPage, ordinalPages } from "../ordinal-page.ts";
import { tableReader } from "../table-reader.ts";
import type { ViewConnection } from "../view-connection.ts";
import { type RunBootRow, type RunRow, type RunState, runTables } from "./runs.ts";

/** Which runs: both conditions must hold. */
export interface RunsFilter {
  readonly machineId?: MachineId;
  /** In any of these states. (Default: in any state) */
  readonly states?: readonly RunState[];
}

export interface RunsReader {
  find(id: RunId): RunRow | undefined;
  /** In the order in which the runs were set. */
  list(filter: RunsFilter, page: OrdinalPage): readonly RunRow[];
  /** The boots that the run caused, and the first one after it ended. */
  listBoots(run: RunId, page: OrdinalPage): readonly RunBootRow[];
}

export function runsReader(connection: ViewConnection): RunsReader {
  const run = tableReader(connection, runTables, "run");
  const boot = tableReader(connection, runTables, "boot");
  const byId = run.one("WHERE id = ?");
  const all = ordinalPages(run, "");
  const byMachine = ordinalPages(run, "machineId = ?");
  const byState = ordinalPages(run, "state = ?");
  const byMachineAndState = ordinalPages(run, "machineId = ? AND state = ?");
  const boots = ordinalPages(boot, "run = ?");
  return {
    find: (id) => byId(id),
    list({ machineId, states }, page) {
      if (!states) return machineId ? byMachine([machineId], page) : all([], page);
      const pages = [...new Set(states)].map((state) =>
        machineId ? byMachineAndState([machineId, state], page) : byState([state], page),
      );
      return mergedPages(pages, page);
    },
    listBoots: (id, page) => boots([id], page),
  };
}
