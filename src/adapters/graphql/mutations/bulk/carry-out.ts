import { type Bulk, bulkKind } from "../../../../domain/bulk/decide.ts";
import { bulkRefusalsMax } from "../../../../domain/bulk/events.ts";
import type { RefusedMachine } from "../../__generated__/resolvers.ts";
import type { BulkOutcome } from "../../models.ts";
import { fenceRefusal } from "../environments.ts";
import { inParallel } from "../in-parallel.ts";
import type { Asked } from "../mutation.ts";
import { outcomeOf, refused } from "../request.ts";
import { userError, userErrorCodeOf } from "../user-errors.ts";
import { recordedOrder } from "./action.ts";
import { askMachine } from "./ask-machine.ts";

/** Most refusals that are shown one by one. */
const shownMax = 100;

/** So many machines are asked at a time: they wait for the disk together. */
const atATime = 64;

/** Carries a bulk change out as it was recorded, or what is left of it; tells how it ended if it did. */
export async function carryOut(
  { request, context, isRehearsal }: Asked<unknown>,
  stream: string,
): Promise<BulkOutcome> {
  const { commands, log } = context;
  const { codec, decider } = bulkKind;
  const recorded = await log.readStream(stream);
  const bulk = recorded.map(codec.read).reduce(decider.evolve, decider.initial);
  const [first] = recorded;
  if (bulk.status === "absent" || !first) throw new Error(`${stream} was begun and holds no event`);
  const { machineIds } = bulk.request;
  const identity = { bulkId: request.context.meta.$causationId, matched: machineIds.length };
  const { correlationId } = request;
  if (bulk.status === "completed") {
    const position = recorded.at(-1)?.position ?? null;
    return { userErrors: [], position, correlationId, ...identity, ...toldBefore(bulk) };
  }

  const meta = { ...request.context.meta, $causationId: first.id };
  const order = recordedOrder(bulk.request);
  // Asked for what is left of a change that was begun before the log was copied.
  const fence = order.action === "deploy" ? await fenceRefusal(context) : undefined;
  if (fence) return { ...refused(request, [userError(fence.rejection)]), ...identity };

  // Of the answers only the refusals are kept: the others hold their machines, and there may be thousands.
  const answers = await inParallel(machineIds, isRehearsal ? 1 : atATime, async (machineId) => {
    const answer = await askMachine({ order, machineId, meta }, context);
    return answer.outcome === "rejected" ? { machineId, ...answer.rejection } : undefined;
  });
  const refusals = answers.filter((answer) => answer !== undefined);
  const counts = { acceptedCount: machineIds.length - refusals.length, refusedCount: refusals.length };
  const kept = refusals.slice(0, bulkRefusalsMax).map(({ machineId, code }) => ({ machineId, code }));
  const completion = { type: "CompleteBulk", ...counts, refused: kept } as const;
  const outcome = outcomeOf(request, await commands.handleBulk(stream, completion, { meta }));
  return {
    ...outcome,
    ...identity,
    accepted: counts.acceptedCount,
    refusedCount: counts.refusedCount,
    refused: refusals.slice(0, shownMax),
  };
}

/** What the record tells of a bulk change that has ended. It keeps codes, and no messages. */
function toldBefore({ result }: Extract<Bulk, { status: "completed" }>) {
  const { acceptedCount, refusedCount, refused } = result;
  const shown = refused.slice(0, shownMax).map(({ machineId, code }): RefusedMachine => {
    const message = `refused with ${code} when the bulk change was carried out`;
    return { machineId, code: userErrorCodeOf(code), message };
  });
  return { accepted: acceptedCount, refusedCount, refused: shown };
}
