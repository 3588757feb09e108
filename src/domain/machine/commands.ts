import { z } from "zod";
import { EnvironmentVersion } from "../boot-environment/manifest.ts";
import { Architecture } from "../values/architecture.ts";
import { MacAddress } from "../values/mac-address.ts";
import { RunId } from "../values/run-id.ts";
import { Sha256 } from "../values/sha256.ts";
import { MachineName } from "../values/slug.ts";
import { DeploymentFailureCode, DeploymentStage, DiskImage } from "./deployment.ts";
import { Inventory } from "./inventory.ts";

export const MachineCommand = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("DiscoverMachine"),
    mac: MacAddress,
    architecture: Architecture.nullable(),
  }),
  z.strictObject({ type: z.literal("ReportInventory"), inventory: Inventory }),
  /** After the MAC address was claimed for this machine. */
  z.strictObject({ type: z.literal("AddInterface"), mac: MacAddress }),
  /** `name`, when given, must be claimed for this machine before. */
  z.strictObject({ type: z.literal("ApproveMachine"), name: MachineName.optional() }),
  z.strictObject({ type: z.literal("LockMachine") }),
  z.strictObject({ type: z.literal("UnlockMachine") }),
  z.strictObject({
    type: z.literal("DeployMachine"),
    run: RunId,
    environment: EnvironmentVersion,
    image: DiskImage,
    /** Serial number or kernel name of the disk. May be left out when the machine has one disk. */
    disk: z.string().min(1).max(255).optional(),
  }),
  /** Asked before the intent's script is sent: accepted at most three times. */
  z.strictObject({ type: z.literal("ServeBootIntent"), run: RunId }),
  /** The agent's first report. */
  z.strictObject({ type: z.literal("ReportHello"), run: RunId, agentBootId: z.uuid() }),
  z.strictObject({
    type: z.literal("ReportStage"),
    run: RunId,
    stage: DeploymentStage,
    bytes: z.int().nonnegative().nullable(),
  }),
  z.strictObject({
    type: z.literal("ReportCompleted"),
    run: RunId,
    bytes: z.int().positive(),
    sha256: Sha256,
  }),
  z.strictObject({
    type: z.literal("FailRun"),
    run: RunId,
    code: DeploymentFailureCode,
    message: z.string().max(1024),
  }),
  z.strictObject({ type: z.literal("RetireMachine") }),
]);
export type MachineCommand = z.infer<typeof MachineCommand>;
