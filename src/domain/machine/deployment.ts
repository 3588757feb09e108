import { z } from "zod";
import { EnvironmentVersion } from "../boot-environment/manifest.ts";
import { RunId } from "../values/run-id.ts";
import { Sha256 } from "../values/sha256.ts";

/** A disk image in the images folder. */
export const DiskImage = z.strictObject({
  /** File name in the images folder. Its ending says how it is packed. */
  file: z
    .string()
    .max(200)
    .regex(
      /^[A-Za-z0-9_][A-Za-z0-9_.-]*\.(?:img|raw)(?:\.gz|\.zst)?$/,
      "expected NAME.img, .img.gz or .img.zst",
    ),
  format: z.enum(["raw", "gzip", "zstd"]),
  /** Of the unpacked image, as it must read back from the disk. */
  sha256: Sha256,
});
export type DiskImage = Readonly<z.infer<typeof DiskImage>>;

/** The one disk that a run may write. The agent refuses to write when it does not find exactly this disk. */
export const DiskTarget = z.strictObject({
  name: z.string().max(32),
  /** When the disk has a serial number, it and not the name picks the disk. */
  serial: z.string().max(255).nullable(),
  bytes: z.int().positive(),
});
export type DiskTarget = Readonly<z.infer<typeof DiskTarget>>;

/** What a deployment run is to do, fixed when it was asked for. */
export const DeploymentPlan = z.strictObject({
  run: RunId,
  environment: EnvironmentVersion,
  image: DiskImage,
  disk: DiskTarget,
});
export type DeploymentPlan = Readonly<z.infer<typeof DeploymentPlan>>;

/** What the agent passes through, in this order. */
export const DeploymentStage = z.enum(["writing", "written", "verifying", "verified"]);
export type DeploymentStage = z.infer<typeof DeploymentStage>;

/** Why a deployment failed. Stable, part of the API. */
export const DeploymentFailureCode = z.enum([
  /** The target disk is not in the machine, or not alone. Nothing was written. */
  "DISK_NOT_FOUND",
  /** The image could not be fetched whole. What is on the disk is incomplete. */
  "IMAGE_TRANSFER_FAILED",
  /** The disk took no more, or reported an error. What is on it is incomplete. */
  "IMAGE_WRITE_FAILED",
  /** What the disk reads back is not what was to be written. */
  "IMAGE_DIGEST_MISMATCH",
  /** The machine asked to boot again before the agent reported an end. */
  "MACHINE_REBOOTED",
  /** The boot intent was served as often as it may be, and no agent reported. */
  "INTENT_NEVER_CONSUMED",
  /** Nothing was heard of the run for too long. */
  "RUN_SILENT",
  /** Two agents reported for one run: somebody else has its token. */
  "SECOND_CONSUMER",
  /** The log was restored, and the run belonged to the time before. */
  "ABANDONED_AFTER_RESTORE",
  /** The machine was retired. */
  "MACHINE_RETIRED",
  /** An operator quarantined the machine. */
  "MACHINE_QUARANTINED",
  /** An operator took the boot intent back before an agent reported. Nothing was written; the machine is ready. */
  "INTENT_WITHDRAWN",
  /** The agent failed in a way that has no code of its own. */
  "AGENT_FAILED",
]);
export type DeploymentFailureCode = z.infer<typeof DeploymentFailureCode>;

/** Where a machine is after its run failed so: ready when nothing of the run can have reached it. */
export function stateAfterFailure(code: DeploymentFailureCode): "ready" | "failed" {
  return code === "INTENT_WITHDRAWN" ? "ready" : "failed";
}
