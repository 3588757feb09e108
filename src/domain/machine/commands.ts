import { z } from "zod";
import { EnvironmentVersion } from "../boot-environment/manifest.ts";
import { OptionSettings } from "../network/option-setting.ts";
import { Architecture } from "../values/architecture.ts";
import { LabelKey, Labels } from "../values/label.ts";
import { MacAddress, StationAddress } from "../values/mac-address.ts";
import { ParamKey, Params } from "../values/param.ts";
import { RunId } from "../values/run-id.ts";
import { Sha256 } from "../values/sha256.ts";
import { MachineName } from "../values/slug.ts";
import { DeploymentFailureCode, DeploymentStage, DiskImage } from "./deployment.ts";
import { Inventory } from "./inventory.ts";

export const MachineCommand = z.discriminatedUnion("type", [
  /** After each MAC address, and the name when there is one, were claimed for this machine: see `registerMachine`. */
  z.strictObject({
    type: z.literal("RegisterMachine"),
    macs: z.array(StationAddress).min(1).max(64),
    name: MachineName.optional(),
    labels: Labels.optional(),
    params: Params.optional(),
  }),
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
  /** `name` must be claimed for this machine before: see `renameMachine`. */
  z.strictObject({ type: z.literal("RenameMachine"), name: MachineName }),
  /** What is both set and removed is set. */
  z.strictObject({ type: z.literal("LabelMachine"), set: Labels, remove: z.array(LabelKey) }),
  /** What is both set and removed is set. */
  z.strictObject({ type: z.literal("SetMachineParams"), set: Params, remove: z.array(ParamKey) }),
  /** The whole list; an empty one sets nothing. */
  z.strictObject({ type: z.literal("ChangeDhcpOptions"), options: OptionSettings }),
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
  /** The machine is to boot this environment of purpose `discover` once, so that its inventory is taken again. */
  z.strictObject({ type: z.literal("SetDiscoveryIntent"), run: RunId, environment: EnvironmentVersion }),
  /** Takes back the intent of a deployment or of a discovery that no agent has reported of. */
  z.strictObject({ type: z.literal("WithdrawBootIntent") }),
  /** Asked before an intent's script is sent, be it a deployment's or a discovery's: accepted at most three times. */
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
    /** Taking an intent back has a command of its own, because it is refused once the agent may have written. */
    code: DeploymentFailureCode.exclude(["INTENT_WITHDRAWN"]),
    message: z.string().max(1024),
  }),
  /** `message`: why, for people. */
  z.strictObject({ type: z.literal("QuarantineMachine"), message: z.string().min(1).max(1024) }),
  z.strictObject({ type: z.literal("ReleaseMachine") }),
  z.strictObject({ type: z.literal("RetireMachine") }),
]);
export type MachineCommand = z.infer<typeof MachineCommand>;
