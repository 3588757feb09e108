import { z } from "zod";
import type { EnvironmentVersion } from "../../../domain/boot-environment/manifest.ts";
import { type Refusal, reject } from "../../../domain/decision.ts";
import { DiskImage } from "../../../domain/machine/deployment.ts";
import { EnvironmentName } from "../../../domain/values/slug.ts";
import type { UserErrorCode } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import { fenceRefusal, newestVersion } from "./environments.ts";
import { optional } from "./fields.ts";

/** What a deployment is asked to do, as far as its form goes. */
export const deploymentFields = {
  environment: EnvironmentName,
  image: z.object({ file: DiskImage.shape.file, sha256: DiskImage.shape.sha256 }),
  disk: optional(z.string().min(1).max(255)),
};
const Wanted = z.object(deploymentFields);
type Wanted = z.infer<typeof Wanted>;

/** The part of `DeployMachine` that is the same for every machine. */
interface Prepared {
  readonly outcome: "prepared";
  readonly order: {
    readonly environment: EnvironmentVersion;
    readonly image: DiskImage;
    readonly disk?: string;
  };
}

/** Looks up what the machine's stream cannot know: the fence, the boot environment, the image. */
export async function prepareDeployment(
  { environment: name, image: { file, sha256 }, disk }: Wanted,
  context: GraphqlContext,
): Promise<Prepared | Refusal<UserErrorCode>> {
  const refusal = await fenceRefusal(context);
  if (refusal) return refusal;
  const environment = await newestVersion(context, name, "deploy");
  if (environment.outcome === "rejected") return environment;
  const found = await context.findImage(file);
  switch (found.outcome) {
    case "missing":
      return reject("IMAGE_UNKNOWN", `the images folder has no ${file}: copy it there, or correct the name`);
    case "unusable":
      return reject("IMAGE_UNUSABLE", found.problem);
    case "found": {
      const image = { file, format: found.format, sha256 };
      const order = { environment: environment.version, image, ...(disk !== undefined && { disk }) };
      return { outcome: "prepared", order };
    }
  }
}
