import type { LogPage } from "../../../domain/ports/event-store.ts";
import { type MachineId, machineStream } from "../../../domain/values/machine-id.ts";
import { RunId } from "../../../domain/values/run-id.ts";
import type { SubscriptionRunProgressArgs } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import { apiError } from "../errors.ts";
import type { RunChangeModel } from "../list-models.ts";
import type { RunModel } from "../models.ts";
import { nodeName } from "../node-id.ts";
import { shown } from "../positions.ts";
import { machineIdOf } from "../resolvers/machine-reference.ts";
import { runNow } from "../resolvers/run.ts";
import type { Shown } from "./batches.ts";
import { type Change, changesIn } from "./changes.ts";
import { type FeedItem, feed } from "./feed.ts";
import { skipBeyond, stateLagMax } from "./lag.ts";
import { runIdIn } from "./subject.ts";
import { viewsShow } from "./views-show.ts";

/** Follows runs as they go. Its first pull may be refused: `INPUT_INVALID`. */
export function runFeed(
  { runId, machineId, after }: SubscriptionRunProgressArgs,
  context: GraphqlContext,
): AsyncIterableIterator<FeedItem<RunChangeModel>> {
  return feed({ ...context, log: context.changeLog }, async () => {
    const start = after ?? (await context.log.head());
    await shown(context, start);
    const only = runId ? knownRun(runId, context) : undefined;
    const machine = only?.row.machineId ?? (machineId ? knownMachine(machineId) : undefined);
    return {
      after: start,
      filter: machine ? { streams: [machineStream(machine)] } : { categories: ["machine"] },
      ...(only &&
        start !== undefined && { first: asShown([change(only, { types: [], position: start })], only) }),
      show: async (page) => asShown(await runChanges(page, only, context), only),
      skipTo: skipBeyond(stateLagMax, context),
    };
  });
}

async function runChanges(
  { events, position }: LogPage,
  only: RunModel | undefined,
  context: GraphqlContext,
): Promise<readonly RunChangeModel[]> {
  const changes = changesIn(events, (event) => {
    const id = runIdIn(event);
    return only === undefined || id === only.row.id ? id : undefined;
  });
  if (changes.size > 0) await viewsShow(["runs"], position, context);
  return [...changes].flatMap(([id, its]) => {
    const run = runNow(RunId.parse(id), context);
    return run ? [change(run, its)] : [];
  });
}

function change(run: RunModel, { types, position }: Change): RunChangeModel {
  return { __typename: "RunChange", run, types, position };
}

/** A feed of one run is over when the run is. */
function asShown(items: readonly RunChangeModel[], only: RunModel | undefined): Shown<RunChangeModel> {
  return { items, isLast: only !== undefined && items.some(({ run }) => run.row.endedAtMs !== null) };
}

function knownRun(id: string, context: GraphqlContext): RunModel {
  const run = runNow(RunId.safeParse(nodeName("Run", id)).data, context);
  if (!run) throw apiError("INPUT_INVALID", "there is no run with this id", { field: "runId" });
  return run;
}

function knownMachine(id: string): MachineId {
  const machineId = machineIdOf(id);
  if (!machineId) throw apiError("INPUT_INVALID", "this is no id of a machine", { field: "machineId" });
  return machineId;
}
