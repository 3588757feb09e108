import { z } from "zod";
import { Sha256 } from "../values/sha256.ts";
import { EnvironmentManifest } from "./manifest.ts";

/** Does nothing when this digest is what was published last. */
export const BootEnvironmentCommand = z.strictObject({
  type: z.literal("PublishBootEnvironment"),
  digest: Sha256,
  manifest: EnvironmentManifest,
});
export type BootEnvironmentCommand = z.infer<typeof BootEnvironmentCommand>;
