import { RunId } from "../../../domain/values/run-id.ts";
import type { RunRow } from "../../../projections/views/runs.ts";
import type { QueryResolvers, RunResolvers } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { MachineModel, RunModel } from "../models.ts";
import { nodeId, nodeName } from "../node-id.ts";
import { type Connection, isOrdinal, type PageArguments, type Paging, readPage } from "../page.ts";
import { shown } from "../positions.ts";
import { eventPage } from "./event.ts";
import { pastRuns } from "./machine-past.ts";
import { machineIdOf, present } from "./machine-reference.ts";
import { bootRelationNames, imageFormatNames, runStateNames, stageNames, wordOf } from "./names.ts";

/** Boots of a run that are shown. A run has four at most, but for a machine that boots in circles. */
const bootsMax = 50;

const paging: Paging<RunModel, number> = {
  type: "RunConnection",
  keyOf: ({ row }) => row.ordinal,
  isKey: isOrdinal,
};

export const runQueries: Pick<QueryResolvers, "run" | "runs"> = {
  async run(_root, { id, minPosition }, context) {
    await shown(context, minPosition);
    return runNow(RunId.safeParse(nodeName("Run", id)).data, context) ?? null;
  },

  async runs(_root, { minPosition, filter, ...page }, context) {
    await shown(context, minPosition);
    const states = filter?.states?.map((state) => wordOf(runStateNames, state));
    const machineId = filter?.machineId ? machineIdOf(filter.machineId) : undefined;
    if (filter?.machineId && !machineId) return readPage(paging, page, () => []);
    return readPage(paging, page, ({ first, after }) =>
      context.views.runs
        .list(
          { ...(machineId && { machineId }), ...(states && { states }) },
          { limit: first, newestFirst: true, ...(after !== undefined && { after }) },
        )
        .map(now),
    );
  },
};

export const Run: RunResolvers = {
  id: ({ row }) => nodeId("Run", row.id),
  runId: ({ row }) => row.id,
  machine({ row }, _args, { views }) {
    const snapshot = views.machines.find(row.machineId);
    return snapshot ? present(snapshot) : null;
  },
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
  events: ({ row, past }, page, context) => eventPage({ correlationId: row.id }, page, { context, past }),
};

/** The run as it is now; `undefined` when there is none. */
export function runNow(id: RunId | undefined, { views }: GraphqlContext): RunModel | undefined {
  const row = id && views.runs.find(id);
  return row && now(row);
}

/** The run that the machine belongs to, or belonged to last. */
export async function runOfMachine(
  { snapshot, past }: MachineModel,
  context: GraphqlContext,
): Promise<RunModel | null> {
  const { id, run } = snapshot;
  if (run === null) return null;
  if (!past) return runNow(run.run, context) ?? null;
  const [newest] = await pastRuns(id, past, context);
  return newest ? { row: newest, past } : null;
}

export async function runsOfMachine(
  { snapshot, past }: MachineModel,
  page: PageArguments,
  context: GraphqlContext,
): Promise<Connection<RunModel>> {
  const machineId = snapshot.id;
  if (!past) {
    return readPage(paging, page, ({ first, after }) =>
      context.views.runs
        .list({ machineId }, { limit: first, newestFirst: true, ...(after !== undefined && { after }) })
        .map(now),
    );
  }
  const rows = await pastRuns(machineId, past, context);
  return readPage(paging, page, ({ first, after }) =>
    rows
      .filter(({ ordinal }) => after === undefined || ordinal < after)
      .slice(0, first)
      .map((row) => ({ row, past })),
  );
}

function now(row: RunRow): RunModel {
  return { row, past: undefined };
}
