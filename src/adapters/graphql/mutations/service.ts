import { endAbandonedRuns } from "../../../domain/machine/end-abandoned-runs.ts";
import type { Position } from "../../../domain/ports/event-store.ts";
import type { SystemCommand } from "../../../domain/system/commands.ts";
import { systemStream } from "../../../domain/system/events.ts";
import type { MutationResolvers, ServicePayloadResolvers } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { ServiceOutcome } from "../models.ts";
import { serviceNow } from "../resolvers/service.ts";
import { liveRuns } from "./live-runs.ts";
import { outcomeOf, type Request, refused, requestOf } from "./request.ts";

export const serviceMutations: Pick<MutationResolvers, "startEffectsEpoch" | "confirmClock"> = {
  startEffectsEpoch(_root, { input }, context) {
    const request = requestOf("startEffectsEpoch", input, context);
    return send(request, { type: "StartEffectsEpoch" }, context);
  },

  confirmClock(_root, { input }, context) {
    const request = requestOf("confirmClock", input, context);
    return send(request, { type: "ConfirmClock" }, context);
  },
};

export const ServicePayload: Pick<ServicePayloadResolvers, "service"> = {
  service: ({ userErrors }, _args, context) => (userErrors.length > 0 ? null : serviceNow(context)),
};

async function send(
  request: Request,
  command: SystemCommand,
  context: GraphqlContext,
): Promise<ServiceOutcome> {
  if (request.problems.length > 0) return refused(request, request.problems);
  const result = await context.commands.handleSystem(systemStream, command, request.context);
  if (result.outcome === "accepted" && result.position && command.type === "StartEffectsEpoch") {
    await endOlderRuns(request, result.position, context);
  }
  return outcomeOf(request, result);
}

/**
 * Ends the runs that were live when the epoch began. Until this has happened they are harmless: an intent that
 * is older than the epoch is never served. What is left here is no refusal of the epoch, which has begun: the
 * service tries again by itself.
 */
async function endOlderRuns(request: Request, epoch: Position, context: GraphqlContext): Promise<void> {
  const { log, commands, onFault } = context;
  const refusals = await endAbandonedRuns(commands, await liveRuns(log, epoch), request.context.meta);
  for (const { machineId, run, rejection } of refusals) {
    onFault(new Error(`run ${run} of machine ${machineId} outlives the restore: ${rejection.message}`));
  }
}
