import { RunId } from "../../../domain/values/run-id.ts";
import type { Condition } from "../../../projections/query/condition.ts";
import { memoryCollection } from "../../../projections/query/memory-collection.ts";
import type { RunRow } from "../../../projections/views/runs.ts";
import type { QueryResolvers, RunResolvers } from "../__generated__/resolvers.ts";
import { batched } from "../batch.ts";
import type { GraphqlContext } from "../context.ts";
import type { RunConnectionModel } from "../list-models.ts";
import {
  type ListArguments,
  type Listing,
  readConnection,
  readConnectionThen,
} from "../listing/connection.ts";
import type { MachineModel, Past, RunModel } from "../models.ts";
import { nodeId, nodeName } from "../node-id.ts";
import { withNodes } from "../page.ts";
import { shown, thenOf } from "../positions.ts";
import { eventPage } from "./event.ts";
import { machineThen, pastRuns } from "./machine-past.ts";
import { bootRelationNames, imageFormatNames, runStateNames, stageNames } from "./names.ts";

/** Boots of a run that are shown. A run has four at most, but for a machine that boots in circles. */
const bootsMax = 50;

const listing: Listing = {
  type: "Run",
  names: { state: runStateNames, stage: stageNames },
  nodes: { runId: "Run", machineId: "Machine" },
};

export const runQueries: Pick<QueryResolvers, "run" | "runs"> = {
  async run(_root, { id, at, minPosition }, context) {
    await shown(context, minPosition);
    const runId = RunId.safeParse(nodeName("Run", id)).data;
    const past = await thenOf(context, at);
    if (past) return (runId && (await runThen(runId, past, context))) ?? null;
    return runNow(runId, context) ?? null;
  },

  async runs(_root, { minPosition, at, ...args }, context) {
    await shown(context, minPosition);
    return runPage(args, { past: await thenOf(context, at) }, context);
  },
};

export const Run: RunResolvers = {
  id: ({ row }) => nodeId("Run", row.id),
  runId: ({ row }) => row.id,
  machine: ({ row, past }, _args, context) => machineThen({ id: row.machineId }, past, context),
  state: ({ row }) => runStateNames[row.state],
  failure({ row: { failureCode, failureMessage } }) {
    return failureCode === null ? null : { code: failureCode, message: failureMessage ?? "" };
  },
  environment: ({ row }) => ({
    name: row.environment,
    version: row.environmentVersion,
    digest: row.environmentDigest,
  }),
  image: ({ row: { image } }) => ({ ...image, format: imageFormatNames[image.format] }),
  disk: ({ row }) => row.disk,
  stage: ({ row }) => row.stage && stageNames[row.stage],
  stageBytes: ({ row }) => row.stageBytes,
  actor: ({ row }) => row.actor,
  requestedAt: ({ row }) => row.setAtMs,
  startedAt: ({ row }) => row.startedAtMs,
  endedAt: ({ row }) => row.endedAtMs,
  boots({ row, past }, _args, { views }) {
    return views.runs
      .listBoots(row.id, { limit: bootsMax })
      .filter(({ ordinal }) => !past || ordinal <= past.ordinal)
      .map(({ bootId, mac, relation, startedAtMs }) => ({
        bootId,
        mac,
        relation: bootRelationNames[relation],
        startedAt: startedAtMs,
      }));
  },
  events: ({ row, past }, args, context) => eventPage(args, eventsOfRun(row, past), context),
};

/** The run as it is now; `undefined` when there is none. */
export function runNow(id: RunId | undefined, { views }: GraphqlContext): RunModel | undefined {
  const row = id && views.runs.find(id);
  return row && now(row);
}

/** A run by its id, as it is now; each that a page names is read once. */
export const runById = batched((ids: readonly RunId[], context) => {
  const runs = ids.flatMap((id) => runNow(id, context) ?? []);
  return new Map(runs.map((run) => [run.row.id, run]));
});

/** The run that the machine belongs to, or belonged to last. */
export async function runOfMachine(
  { snapshot, past }: MachineModel,
  context: GraphqlContext,
): Promise<RunModel | null> {
  const { id, run } = snapshot;
  if (run === null) return null;
  if (!past) return runById(run.run, context);
  const [newest] = await pastRuns(id, past, context);
  return newest ? { row: newest, past } : null;
}

/** The machine's runs, now or then. */
export async function runsOfMachine(
  { snapshot, past }: MachineModel,
  args: ListArguments,
  context: GraphqlContext,
): Promise<RunConnectionModel> {
  if (!past) return runPage(args, { scope: { column: "machineId", eq: snapshot.id }, past }, context);
  const rows = await pastRuns(snapshot.id, past, context);
  const collection = memoryCollection({ ...context.views.lists.runs, idOf: runId, factsOf }, () => rows);
  const page = readConnection({ collection, listing, nowMs: context.clock().getTime() }, args);
  return withNodes(
    page,
    page.nodes.map((row) => ({ row, past })),
  );
}

/** A run as it was; `undefined` when there was none yet. */
export async function runThen(id: RunId, past: Past, context: GraphqlContext): Promise<RunModel | undefined> {
  // Found by its machine, so that whoever is limited to some machines finds theirs.
  const run = runNow(id, context);
  const runs = run ? await pastRuns(run.row.machineId, past, context) : [];
  const row = runs.find((each) => each.id === id);
  return row && { row, past };
}

/** Which runs. */
interface Wanted {
  /** (Default: all) */
  readonly scope?: Condition;
  /** `undefined`: as they are now. */
  readonly past: Past | undefined;
}

async function runPage(
  args: ListArguments,
  { scope, past }: Wanted,
  { views, pastLists, clock }: GraphqlContext,
): Promise<RunConnectionModel> {
  const listed = { collection: views.lists.runs, listing, scope, nowMs: clock().getTime() };
  const page = await readConnectionThen(past && pastLists(past).runs(), listed, args);
  return withNodes(
    page,
    page.nodes.map((row) => ({ row, past })),
  );
}

/** The index of events knows them by their correlation id. */
function eventsOfRun({ id }: RunRow, past: Past | undefined): Condition {
  const caused = { column: "correlationId", eq: id };
  return past ? { all: [caused, { column: "position", below: past.ordinal + 1 }] } : caused;
}

const runId = ({ id }: RunRow) => id;

/** A run as conditions see it. */
function factsOf(row: RunRow) {
  const { id, image, setAtMs: requestedAt, startedAtMs: startedAt, endedAtMs: endedAt } = row;
  return { ...row, runId: id, image: image.file, disk: null, requestedAt, startedAt, endedAt };
}

function now(row: RunRow): RunModel {
  return { row, past: undefined };
}
