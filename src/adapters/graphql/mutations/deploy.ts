import { z } from "zod";
import type { EnvironmentVersion } from "../../../domain/boot-environment/manifest.ts";
import { type Refusal, reject } from "../../../domain/decision.ts";
import { DiskImage } from "../../../domain/machine/deployment.ts";
import { machineStream } from "../../../domain/values/machine-id.ts";
import { RunId } from "../../../domain/values/run-id.ts";
import { EnvironmentName } from "../../../domain/values/slug.ts";
import type {
  DeployMachinePayloadResolvers,
  MutationResolvers,
  UserErrorCode,
} from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { DeploymentOutcome } from "../models.ts";
import { shown } from "../positions.ts";
import { machineIdOf } from "../resolvers/machine-reference.ts";
import { runNow } from "../resolvers/run.ts";
import { readSystem } from "../system-state.ts";
import { firstOutcome } from "./first-outcome.ts";
import { machineIdProblems, machineOf } from "./machine.ts";
import { outcomeOf, parseInput, refused, requestOf } from "./request.ts";
import { userError } from "./user-errors.ts";

/** What a deployment is asked to do, as far as its form goes. */
const Wanted = z.object({
  environment: EnvironmentName,
  image: z.object({ file: DiskImage.shape.file, sha256: DiskImage.shape.sha256 }),
  disk: z.string().min(1).max(255).nullish(),
});
type Wanted = z.infer<typeof Wanted>;

export const deployMutations: Pick<MutationResolvers, "deployMachine"> = {
  async deployMachine(_root, { input }, context): Promise<DeploymentOutcome> {
    const request = requestOf("deployMachine", input, context);
    const machineId = machineIdOf(input.machineId);
    const wanted = parseInput(Wanted, input);
    const problems = [...request.problems, ...machineIdProblems(machineId, input), ...wanted.problems];
    const nothing = { machineId: undefined, run: undefined };
    if (!machineId || !("value" in wanted) || problems.length > 0)
      return { ...refused(request, problems), ...nothing };

    // A repeated request gets its first answer, even when what it asked for is not to be had any more.
    const stream = machineStream(machineId);
    const run = RunId.parse(request.correlationId);
    const earlier = await firstOutcome(stream, request, context);
    if (earlier)
      return earlier.position === null ? { ...earlier, ...nothing } : { ...earlier, machineId, run };

    const plan = await planOf(wanted.value, context);
    if (plan.outcome === "rejected") return { ...refused(request, [userError(plan.rejection)]), ...nothing };
    const { disk } = wanted.value;
    const { environment, image } = plan;
    const result = await context.commands.handleMachine(
      stream,
      { type: "DeployMachine", run, environment, image, ...(typeof disk === "string" && { disk }) },
      request.context,
    );
    const outcome = outcomeOf(request, result);
    return result.outcome === "accepted" ? { ...outcome, machineId, run } : { ...outcome, ...nothing };
  },
};

export const DeployMachinePayload: Pick<DeployMachinePayloadResolvers, "machine" | "run"> = {
  machine: (outcome, _args, context) => machineOf(outcome, context),
  async run({ run, position }, _args, context) {
    if (!run) return null;
    await shown(context, position);
    return runNow(run, context) ?? null;
  },
};

interface Plan {
  readonly outcome: "planned";
  readonly environment: EnvironmentVersion;
  readonly image: DiskImage;
}

/** What the machine's stream cannot know: the fence, the boot environment, the image. */
async function planOf(wanted: Wanted, context: GraphqlContext): Promise<Plan | Refusal<UserErrorCode>> {
  const { restore } = await readSystem(context.log);
  if (restore) {
    return reject(
      "SERVICE_FENCED",
      `the log continues from a copy (${restore.message}): no disk is changed until it was looked at`,
    );
  }
  const environment = environmentOf(wanted.environment, context);
  if (environment.outcome === "rejected") return environment;
  const image = await imageOf(wanted.image, context);
  if (image.outcome === "rejected") return image;
  return { outcome: "planned", environment: environment.version, image: image.image };
}

function environmentOf(name: EnvironmentName, { views }: GraphqlContext) {
  const latest = views.environments.latest(name);
  if (!latest) {
    return reject(
      "ENVIRONMENT_UNKNOWN",
      `no boot environment is called ${name}: bootEnvironments lists them`,
    );
  }
  const { version, digest, manifest } = latest;
  if (manifest.purpose !== "deploy") {
    const message = `boot environment ${name} is for ${manifest.purpose}: choose one of purpose DEPLOY`;
    return reject("ENVIRONMENT_NOT_DEPLOYABLE", message);
  }
  return { outcome: "found", version: { name, version, digest } } as const;
}

async function imageOf({ file, sha256 }: Wanted["image"], { findImage }: GraphqlContext) {
  const found = await findImage(file);
  switch (found.outcome) {
    case "missing":
      return reject("IMAGE_UNKNOWN", `the images folder has no ${file}: copy it there, or correct the name`);
    case "unusable":
      return reject("IMAGE_UNUSABLE", found.problem);
    case "found":
      return { outcome: "found", image: { file, format: found.format, sha256 } } as const;
  }
}
