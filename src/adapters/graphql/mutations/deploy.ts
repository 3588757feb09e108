import { z } from "zod";
import { machineStream } from "../../../domain/values/machine-id.ts";
import { RunId } from "../../../domain/values/run-id.ts";
import { EnvironmentName } from "../../../domain/values/slug.ts";
import type { DeployMachinePayloadResolvers } from "../__generated__/resolvers.ts";
import type { DeploymentOutcome, MachineOutcome } from "../models.ts";
import { shown } from "../positions.ts";
import { runNow } from "../resolvers/run.ts";
import { deploymentFields, prepareDeployment } from "./deployment.ts";
import { fenceRefusal, newestVersion } from "./environments.ts";
import { MachineReference } from "./fields.ts";
import { firstOutcome } from "./first-outcome.ts";
import { machineOf } from "./machine.ts";
import { mutation } from "./mutation.ts";
import { outcomeOf, refused } from "./request.ts";
import { userError } from "./user-errors.ts";

/**
 * Mutations that give a machine something to boot. They look at more than its stream, so a repeated request gets
 * its first answer before anything is looked up: what it asked for may not be to be had any more.
 */
export const deployMutations = {
  deployMachine: mutation(
    {
      name: "deployMachine",
      scope: "machines:deploy",
      input: z.object({ machineId: MachineReference, ...deploymentFields }),
    },
    async ({ value: { machineId, ...wanted }, request, context }): Promise<DeploymentOutcome> => {
      const stream = machineStream(machineId);
      const run = RunId.parse(request.correlationId);
      const earlier = await firstOutcome(stream, request, context);
      if (earlier) return earlier.position === null ? earlier : { ...earlier, machineId, run };

      const prepared = await prepareDeployment(wanted, context);
      if (prepared.outcome === "rejected") return refused(request, [userError(prepared.rejection)]);
      const command = { type: "DeployMachine", run, ...prepared.order } as const;
      const result = await context.commands.handleMachine(stream, command, request.context);
      const outcome = outcomeOf(request, result);
      return result.outcome === "accepted" ? { ...outcome, machineId, run } : outcome;
    },
  ),

  setBootIntent: mutation(
    {
      name: "setBootIntent",
      scope: "machines:deploy",
      input: z.object({ machineId: MachineReference, environment: EnvironmentName }),
    },
    async ({ value: { machineId, environment: name }, request, context }): Promise<MachineOutcome> => {
      const stream = machineStream(machineId);
      const earlier = await firstOutcome(stream, request, context);
      if (earlier) return earlier.position === null ? earlier : { ...earlier, machineId };

      const found = (await fenceRefusal(context)) ?? (await newestVersion(context, name, "discover"));
      if (found.outcome === "rejected") return refused(request, [userError(found.rejection)]);
      const run = RunId.parse(request.correlationId);
      const command = { type: "SetDiscoveryIntent", run, environment: found.version } as const;
      const result = await context.commands.handleMachine(stream, command, request.context);
      const outcome = outcomeOf(request, result);
      return result.outcome === "accepted" ? { ...outcome, machineId } : outcome;
    },
  ),
};

export const DeployMachinePayload: Pick<DeployMachinePayloadResolvers, "machine" | "run"> = {
  machine: (outcome, _args, context) => machineOf(outcome, context),
  async run({ run, position }, _args, context) {
    if (!run) return null;
    await shown(context, position);
    return runNow(run, context) ?? null;
  },
};
