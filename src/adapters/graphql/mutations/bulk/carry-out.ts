import { type Bulk, bulkKind } from "../../../../domain/bulk/decide.ts";
import { bulkRefusalsMax, bulkStream } from "../../../../domain/bulk/events.ts";
import type { RecordedEvent } from "../../../../domain/ports/event-store.ts";
import type { RefusedMachine } from "../../__generated__/resolvers.ts";
import type { GraphqlContext } from "../../context.ts";
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

/** A bulk change that is in the log. */
export interface BegunBulk {
  readonly bulk: Exclude<Bulk, { status: "absent" }>;
  /** What began it. */
  readonly first: RecordedEvent;
  readonly last: RecordedEvent;
}

/** Reads a bulk change; `undefined` when there is none. */
export async function begunBulk(
  stream: string,
  { log }: Pick<GraphqlContext, "log">,
): Promise<BegunBulk | undefined> {
  const { codec, decider } = bulkKind;
  const recorded = await log.readStream(stream);
  const bulk = recorded.map(codec.read).reduce(decider.evolve, decider.initial);
  const [first] = recorded;
  if (bulk.status === "absent" || !first) return undefined;
  return { bulk, first, last: recorded.at(-1) ?? first };
}

/** Carries a bulk change out as it was recorded, or what is left of it; tells how it ended if it did. */
export async function carryOut(
  { request: asking, context, isRehearsal }: Asked<unknown>,
  { bulkId, bulk, first, last }: BegunBulk & { readonly bulkId: string },
): Promise<BulkOutcome> {
  const { commands } = context;
  const { machineIds } = bulk.request;
  const identity = { bulkId, matched: machineIds.length };
  // Machines know by both ids what they did for this change, whoever finishes it.
  const correlationId = first.meta.$correlationId;
  const request = { ...asking, correlationId };
  if (bulk.status === "completed") {
    return { userErrors: [], position: last.position, correlationId, ...identity, ...toldBefore(bulk) };
  }

  const meta = { ...request.context.meta, $correlationId: correlationId, $causationId: first.id };
  const order = recordedOrder(bulk.request);
  // Asked for what is left of a change that was begun before the log was copied.
  const fence = order.action === "deploy" ? await fenceRefusal(context) : undefined;
  if (fence) return { ...refused(request, [userError(fence.rejection)]), ...identity };

  // Of the answers only the refusals are kept: the others hold their machines, and there may be thousands.
  const answers = await inParallel(machineIds, isRehearsal ? 1 : atATime, async (machineId) => {
    const answer = await askMachine({ order, machineId, meta, begunMs: first.time }, context);
    return answer.outcome === "rejected" ? { machineId, ...answer.rejection } : undefined;
  });
  const refusals = answers.filter((answer) => answer !== undefined);
  const counts = { acceptedCount: machineIds.length - refusals.length, refusedCount: refusals.length };
  const kept = refusals.slice(0, bulkRefusalsMax).map(({ machineId, code }) => ({ machineId, code }));
  const completion = { type: "CompleteBulk", ...counts, refused: kept } as const;
  const outcome = outcomeOf(request, await commands.handleBulk(bulkStream(bulkId), completion, { meta }));
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
