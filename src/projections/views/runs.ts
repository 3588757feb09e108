import type {
  DeploymentFailureCode,
  DeploymentPlan,
  DeploymentStage,
  DiskImage,
  DiskTarget,
} from "../../domain/machine/deployment.ts";
import { type MachineEvent, machineCodec } from "../../domain/machine/events.ts";
import type { RecordedEvent } from "../../domain/ports/event-store.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import type { MachineId } from "../../domain/values/machine-id.ts";
import type { RunId } from "../../domain/values/run-id.ts";
import type { Sha256 } from "../../domain/values/sha256.ts";
import type { EnvironmentName } from "../../domain/values/slug.ts";
import { type BootRelation, bootCauseTable, bootOfRequest, rememberBootCause } from "../boot-cause.ts";
import { labelTable, rememberLabels } from "../machine-labels.ts";
import { integer, integerOrNull, json, logTable, type RowOf, table, text, textOrNull } from "../table.ts";
import { countRow, tallyTable } from "../tally.ts";
import { handling, type Rows, type View } from "../view.ts";

/** `allocated` until the agent's first report, then `deploying` until the end. */
export type RunState = "allocated" | "deploying" | "completed" | "failed";

/** Tables of the view of runs, for its reader. */
export const runTables = {
  run: table({
    columns: {
      id: text<RunId>(),
      /** Of the intent in the log, from 0: runs list in this order. */
      ordinal: integer(),
      machineId: text<MachineId>(),
      state: text<RunState>(),
      environment: text<EnvironmentName>(),
      environmentVersion: integer(),
      environmentDigest: text<Sha256>(),
      image: json<DiskImage>(),
      disk: json<DiskTarget>(),
      /** The last stage that the agent reached; `null` before the first. */
      stage: textOrNull<DeploymentStage>(),
      /** Bytes at that stage, or of the whole image when the run is completed. */
      stageBytes: integerOrNull(),
      /** How often the intent's script was sent. */
      servings: integer(),
      failureCode: textOrNull<DeploymentFailureCode>(),
      failureMessage: textOrNull(),
      setAtMs: integer(),
      /** When the agent reported first. */
      startedAtMs: integerOrNull(),
      endedAtMs: integerOrNull(),
      actor: text(),
      /** Of the run's newest event. */
      position: text(),
    },
    key: ["id"],
  }),
  /** What runs are looked for by, in narrow rows. */
  facts: table({
    columns: {
      id: text<RunId>(),
      machineId: text<MachineId>(),
      state: text<RunState>(),
      environment: text<EnvironmentName>(),
      /** File name of the image. */
      image: text(),
      stage: textOrNull<DeploymentStage>(),
      failureCode: textOrNull<DeploymentFailureCode>(),
      actor: text(),
      setAtMs: integer(),
      startedAtMs: integerOrNull(),
      endedAtMs: integerOrNull(),
    },
    key: ["id"],
    indexes: [
      ["machineId"],
      ["state"],
      ["environment"],
      ["image"],
      ["failureCode"],
      ["setAtMs"],
      ["startedAtMs"],
      ["endedAtMs"],
    ],
  }),
  label: labelTable,
  tally: tallyTable,
  boot: logTable({
    columns: {
      run: text<RunId>(),
      /** Of the boot's first request in the log. */
      ordinal: integer(),
      bootId: text(),
      mac: text<MacAddress>(),
      relation: text<BootRelation>(),
      startedAtMs: integer(),
    },
    key: ["run", "ordinal"],
  }),
  cause: bootCauseTable,
};

/** What is counted of runs. */
export const runTally = {
  collection: "run",
  columns: ["state", "environment", "image", "stage", "failureCode", "actor"],
} as const;

export type RunRow = RowOf<typeof runTables.run>;
/** A boot that a run caused, or the first after it ended. */
export type RunBootRow = RowOf<typeof runTables.boot>;
type RunRows = Rows<typeof runTables>;

/** What an event changes of its run. An event of a run that was never set changes nothing. */
function change(
  rows: RunRows,
  { position, data: { run } }: RecordedEvent<Extract<MachineEvent, { data: { run: RunId } }>>,
  changes: Partial<RunRow>,
): void {
  const row = rows.run.get(run);
  if (row) putRun(rows, { ...row, ...changes, position });
}

function putRun(rows: RunRows, row: RunRow): void {
  rows.run.put(row);
  const { id, machineId, state, environment, stage, failureCode, actor, setAtMs, startedAtMs, endedAtMs } =
    row;
  const image = row.image.file;
  const after = {
    id,
    machineId,
    state,
    environment,
    image,
    stage,
    failureCode,
    actor,
    setAtMs,
    startedAtMs,
    endedAtMs,
  };
  countRow(rows.tally, runTally, { before: rows.facts.get(id), after });
  rows.facts.put(after);
}

const onMachine = handling<MachineEvent, RunRows>(machineCodec, {
  BootIntentSet(event, rows, ordinal) {
    const { plan } = event.data;
    putRun(rows, { ...allocated(plan), ...originOf(event), ordinal });
  },
  BootIntentServed(event, rows) {
    change(rows, event, { servings: event.data.serving });
  },
  DeploymentStarted(event, rows) {
    change(rows, event, { state: "deploying", startedAtMs: event.time });
  },
  DeploymentStageReached(event, rows) {
    change(rows, event, { stage: event.data.stage, stageBytes: event.data.bytes });
  },
  DeploymentCompleted(event, rows) {
    change(rows, event, { state: "completed", stageBytes: event.data.bytes, endedAtMs: event.time });
  },
  DeploymentFailed(event, rows) {
    const { code, message } = event.data;
    change(rows, event, {
      state: "failed",
      failureCode: code,
      failureMessage: message,
      endedAtMs: event.time,
    });
  },
});

/** Deployment runs: what each was to do, how far it came, and the boots that belong to it. */
export const runs: View<typeof runTables> = {
  name: "runs",
  version: 3,
  tables: runTables,
  apply(event, rows, ordinal) {
    if (event.type === "PxeRequested") return bootRequested(event, rows, ordinal);
    onMachine(event, rows, ordinal);
    rememberBootCause(event, rows.cause);
    rememberLabels(event, rows.label);
  },
};

function bootRequested(event: RecordedEvent, rows: RunRows, ordinal: number): void {
  const { bootId, starts, cause } = bootOfRequest(event, rows.cause);
  if (!(starts && cause)) return;
  const mac = event.stream.slice("boot-".length) as MacAddress;
  const { run, relation } = cause;
  rows.boot.insert({ run, ordinal, bootId, mac, relation, startedAtMs: event.time });
}

function originOf({ stream, time, position, meta }: RecordedEvent) {
  const machineId = stream.slice("machine-".length) as MachineId;
  return { machineId, setAtMs: time, actor: meta.actor, position };
}

function allocated({ run, environment, image, disk }: DeploymentPlan) {
  return {
    id: run,
    state: "allocated",
    environment: environment.name,
    environmentVersion: environment.version,
    environmentDigest: environment.digest,
    image,
    disk,
    stage: null,
    stageBytes: null,
    servings: 0,
    failureCode: null,
    failureMessage: null,
    startedAtMs: null,
    endedAtMs: null,
  } as const;
}
