import { z } from "zod";
import { endAbandonedRuns } from "../../../domain/machine/end-abandoned-runs.ts";
import type { Position } from "../../../domain/ports/event-store.ts";
import type { SystemCommand } from "../../../domain/system/commands.ts";
import { systemStream } from "../../../domain/system/events.ts";
import type { ServicePayloadResolvers } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { ServiceOutcome } from "../models.ts";
import { serviceNow } from "../resolvers/service.ts";
import { type Asked, mutation } from "./mutation.ts";
import { outcomeOf, type Request } from "./request.ts";

const nothing = z.object({});

export const serviceMutations = {
  startEffectsEpoch: mutation(
    { name: "startEffectsEpoch", scope: "service:operate", input: nothing },
    (asked) => send(asked, { type: "StartEffectsEpoch" }),
  ),
  confirmClock: mutation(
    { name: "confirmClock", scope: "service:operate", input: nothing },
    async (asked) => {
      // Who sets the clock right and confirms it at once means this change, too.
      await asked.context.clockWatch.recordStep();
      return send(asked, { type: "ConfirmClock" });
    },
  ),
};

export const ServicePayload: Pick<ServicePayloadResolvers, "service"> = {
  service: ({ userErrors }, _args, context) => (userErrors.length > 0 ? null : serviceNow(context)),
};

async function send({ request, context }: Asked<object>, command: SystemCommand): Promise<ServiceOutcome> {
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
  const { liveRuns, commands, onFault } = context;
  const refusals = await endAbandonedRuns(commands, await liveRuns(epoch), request.context.meta);
  for (const { machineId, run, rejection } of refusals) {
    onFault(new Error(`run ${run} of machine ${machineId} outlives the restore: ${rejection.message}`));
  }
}
