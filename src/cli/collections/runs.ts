import type { Collection } from "./collection.ts";

export const environmentFields = "name version digest";

/** A run without what it leads to. */
export const runFields = `id runId state failure { code message } environment { ${environmentFields} }
    image { file format sha256 } disk { name serial bytes } stage stageBytes actor requestedAt startedAt endedAt`;

const runStates = ["ALLOCATED", "DEPLOYING", "COMPLETED", "FAILED"];

/** Runs, newest first. */
export const runs: Collection = {
  field: "runs",
  type: "Run",
  singular: "run",
  names: ["runId"],
  fields: `${runFields} machine { machineId name }`,
  facets: ["STATE", "ENVIRONMENT", "IMAGE", "STAGE", "FAILURE_CODE", "ACTOR"],
  columns: [
    { name: "run", path: "runId" },
    { name: "machine", path: "machine.name", fallback: "machine.machineId" },
    { name: "state", path: "state", kind: "enum", values: runStates },
    { name: "stage", path: "stage", kind: "enum" },
    { name: "environment", path: "environment.name", wide: true },
    { name: "image", path: "image.file" },
    { name: "requested", path: "requestedAt", kind: "time", order: "REQUESTED_AT" },
    { name: "ended", path: "endedAt", kind: "time", order: "ENDED_AT" },
    { name: "failure", path: "failure.code" },
    { name: "machineId", path: "machine.machineId", wide: true },
    { name: "started", path: "startedAt", kind: "time", wide: true, order: "STARTED_AT" },
    { name: "disk", path: "disk.name", wide: true },
    { name: "actor", path: "actor", wide: true },
    { name: "message", path: "failure.message", wide: true },
  ],
};
