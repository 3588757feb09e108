import { z } from "zod";
import { DeploymentFailureCode, DeploymentStage } from "../../domain/machine/deployment.ts";
import { Inventory } from "../../domain/machine/inventory.ts";
import { Sha256 } from "../../domain/values/sha256.ts";

/** POST .../inventory. `bootId`: the agent kernel's own (`/proc/sys/kernel/random/boot_id`). */
export const InventoryBody = z.strictObject({ bootId: z.uuid(), inventory: Inventory });

/** POST .../hello */
export const HelloBody = z.strictObject({ agentBootId: z.uuid() });

/** POST .../stages. `bytes`: of the unpacked image, where the stage counts them. */
export const StageBody = z.strictObject({
  stage: DeploymentStage,
  bytes: z.int().nonnegative().nullable(),
});

/** What an agent may say of itself; the other codes are for the service to find. */
const AgentFailureCode = DeploymentFailureCode.extract([
  "DISK_NOT_FOUND",
  "IMAGE_TRANSFER_FAILED",
  "IMAGE_WRITE_FAILED",
  "IMAGE_DIGEST_MISMATCH",
  "AGENT_FAILED",
]);

/** POST .../result */
export const ResultBody = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("completed"), bytes: z.int().positive(), sha256: Sha256 }),
  z.strictObject({
    outcome: z.literal("failed"),
    code: AgentFailureCode,
    message: z.string().max(1024),
  }),
]);
