import { DeploymentFailureCode, DeploymentStage } from "../../domain/machine/deployment.ts";
import type { RunId } from "../../domain/values/run-id.ts";
import { mappedCollection } from "../query/mapped-collection.ts";
import type { SourceColumn } from "../query/source.ts";
import { type SearchableCollection, sqlCollection } from "../query/sql-collection.ts";
import { tableReader } from "../table-reader.ts";
import type { ViewConnection } from "../view-connection.ts";
import { type RunRow, runTables, runTally } from "../views/runs.ts";

const columns = {
  runId: { kind: "id", field: "id", ordered: true },
  machineId: { kind: "id", field: "machineId" },
  state: {
    kind: "enum",
    values: ["allocated", "deploying", "completed", "failed"],
    field: "state",
    ordered: true,
    faceted: true,
  },
  environment: { kind: "text", field: "environment", ordered: true, faceted: true },
  image: { kind: "text", field: "image", ordered: true, faceted: true },
  stage: {
    kind: "enum",
    values: DeploymentStage.options,
    field: "stage",
    faceted: true,
  },
  failureCode: {
    kind: "enum",
    values: DeploymentFailureCode.options,
    field: "failureCode",
    faceted: true,
  },
  actor: { kind: "text", field: "actor", faceted: true },
  requestedAt: { kind: "time", field: "setAtMs", ordered: true },
  startedAt: { kind: "time", field: "startedAtMs", ordered: true },
  endedAt: { kind: "time", field: "endedAtMs", ordered: true },
} as const satisfies Readonly<Record<string, SourceColumn>>;

/** Deployment runs, the newest first. Labels are those of the machine. Its view is `runs`. */
export function runCollection(connection: ViewConnection): SearchableCollection<RunRow> {
  const byId = tableReader(connection, runTables, "run").one("WHERE id = ?");
  const facts = sqlCollection(connection, {
    tables: runTables,
    table: "facts",
    tally: runTally,
    id: "id",
    columns,
    labels: true,
    labelsOf: { table: "label", owner: "machineId", on: "machineId" },
    aliases: {
      id: "runId",
      machine: "machineId",
      env: "environment",
      failure: "failureCode",
      requested: "requestedAt",
      started: "startedAt",
      ended: "endedAt",
    },
    bareWord: "environment",
    defaultOrder: { column: "requestedAt", descending: true },
    scannable: true,
  });
  return mappedCollection(facts, ({ id }) => found(byId(id), id));
}

/** Both rows of a run are written together. */
function found(row: RunRow | undefined, id: RunId): RunRow {
  if (!row) throw new Error(`run ${id} has facts and no row`);
  return row;
}
