import { z } from "zod";
import { EnvironmentVersion } from "../boot-environment/manifest.ts";
import { defineEvent, type EventOf, eventCodec } from "../event.ts";
import { OptionSettings } from "../network/option-setting.ts";
import { Architecture } from "../values/architecture.ts";
import { LabelKey, Labels, labelsMax } from "../values/label.ts";
import { MacAddress } from "../values/mac-address.ts";
import { ParamKey, Params, paramsMax } from "../values/param.ts";
import { RunId } from "../values/run-id.ts";
import { Sha256 } from "../values/sha256.ts";
import { MachineName } from "../values/slug.ts";
import { DeploymentFailureCode, DeploymentPlan, DeploymentStage, DiskTarget } from "./deployment.ts";
import { Inventory } from "./inventory.ts";

/** An operator announced a machine that was not seen yet, by the MAC addresses that it will boot with. */
export const MachineRegistered = defineEvent("MachineRegistered", {
  /** Each is claimed by this machine. */
  macs: z.array(MacAddress).min(1).max(64),
});

/** An interface fetched its first boot script: of the machine that was announced with it, else of a new machine. */
export const MachineDiscovered = defineEvent("MachineDiscovered", {
  mac: MacAddress,
  architecture: Architecture.nullable(),
});

/** The agent's findings. Recorded when they differ from what was found before. */
export const InventoryReported = defineEvent("InventoryReported", { inventory: Inventory });

/** A MAC address of the inventory is now claimed by this machine. */
export const InterfaceAdded = defineEvent("InterfaceAdded", { mac: MacAddress });

/** An operator allowed the machine to be provisioned: it is ready. */
export const MachineApproved = defineEvent("MachineApproved", {});

/** The machine has a name, which it alone has. It becomes the host name. */
export const MachineRenamed = defineEvent("MachineRenamed", { name: MachineName });

/** Labels of the machine were set or removed. Labels that stayed as they were are not named. */
export const LabelsChanged = defineEvent("LabelsChanged", {
  set: Labels,
  removed: z.array(LabelKey).max(labelsMax),
});

/** Params of the machine were set or removed: what scripts and templates are told of it. Never a secret. */
export const ParamsChanged = defineEvent("ParamsChanged", {
  set: Params,
  removed: z.array(ParamKey).max(paramsMax),
});

/** The DHCP options that the machine gets, whatever its classes and its subnet say: the whole list. */
export const DhcpOptionsChanged = defineEvent("DhcpOptionsChanged", { options: OptionSettings });

/** While the machine is locked, nothing may be asked of it that would change what is on its disks. */
export const MachineLocked = defineEvent("MachineLocked", {});

/** The machine may be asked again for what changes its disks. */
export const MachineUnlocked = defineEvent("MachineUnlocked", {});

/** The machine belongs to this run until the run ends. */
export const MachineAllocated = defineEvent("MachineAllocated", { run: RunId });

/** The machine is to boot into the run's environment, once. */
export const BootIntentSet = defineEvent("BootIntentSet", { plan: DeploymentPlan });

/** The intent's script is about to be sent, for the `serving`th time, from 1 to 3. */
export const BootIntentServed = defineEvent("BootIntentServed", {
  run: RunId,
  serving: z.int().min(1).max(3),
});

/** The run's agent reported for the first time; the next boot is the disk. */
export const BootIntentConsumed = defineEvent("BootIntentConsumed", {
  run: RunId,
  /** The kernel's boot id of the agent: a second report with another one comes from somebody else. */
  agentBootId: z.uuid(),
});

/** Why an intent ends before an agent reported. */
const expiryReasons = [
  "served-too-often",
  "restored",
  "machine-retired",
  "machine-quarantined",
  "run-silent",
  "withdrawn",
] as const;

/** The intent was taken back before an agent reported: the next boot is the disk. */
export const BootIntentExpired = defineEvent("BootIntentExpired", {
  run: RunId,
  reason: z.enum(expiryReasons),
});

/**
 * The machine is to boot the discovery agent once more, so that its inventory is taken again. The agent runs in
 * memory and writes to no disk; the machine stays in the state that it is in.
 */
export const DiscoveryIntentSet = defineEvent("DiscoveryIntentSet", {
  run: RunId,
  environment: EnvironmentVersion,
});

/** The discovery intent's script is about to be sent, for the `serving`th time, from 1 to 3. */
export const DiscoveryIntentServed = defineEvent("DiscoveryIntentServed", {
  run: RunId,
  serving: z.int().min(1).max(3),
});

/** The inventory was taken again; the next boot is what it would have been. */
export const DiscoveryIntentConsumed = defineEvent("DiscoveryIntentConsumed", { run: RunId });

/** The discovery intent was taken back before an inventory came. */
export const DiscoveryIntentExpired = defineEvent("DiscoveryIntentExpired", {
  run: RunId,
  /** `superseded`: a deployment or another discovery intent took its place. */
  reason: z.enum([...expiryReasons, "superseded"]),
});

/** The agent may now write to the disk of the plan. */
export const DeploymentStarted = defineEvent("DeploymentStarted", { run: RunId });

/** The agent got this far. Recorded once for each stage, in the order of the stages. */
export const DeploymentStageReached = defineEvent("DeploymentStageReached", {
  run: RunId,
  stage: DeploymentStage,
  /** Bytes of the unpacked image that were written or read back, where the stage counts them. */
  bytes: z.int().nonnegative().nullable(),
});

/** The disk read back as the image; the machine boots from it next. */
export const DeploymentCompleted = defineEvent("DeploymentCompleted", {
  run: RunId,
  disk: DiskTarget,
  bytes: z.int().positive(),
  sha256: Sha256,
});

/** The run is over, and what is on the disk is unknown, unless the code says that nothing was written. */
export const DeploymentFailed = defineEvent("DeploymentFailed", {
  run: RunId,
  code: DeploymentFailureCode,
  message: z.string().max(1024),
});

/** The machine may be in the hands of somebody else, or in a state that nobody can vouch for. */
export const MachineQuarantined = defineEvent("MachineQuarantined", { message: z.string().max(1024) });

/**
 * An operator gave up what is on the machine's disks. They still hold it: nothing was erased. The machine takes no
 * run until somebody vouches for it by approving it.
 */
export const MachineReleased = defineEvent("MachineReleased", {});

/** The machine is gone. Its addresses and its name are free for others. */
export const MachineRetired = defineEvent("MachineRetired", {});

const machineEvents = [
  MachineRegistered,
  MachineDiscovered,
  InventoryReported,
  InterfaceAdded,
  MachineApproved,
  MachineRenamed,
  LabelsChanged,
  ParamsChanged,
  DhcpOptionsChanged,
  MachineLocked,
  MachineUnlocked,
  MachineAllocated,
  BootIntentSet,
  BootIntentServed,
  BootIntentConsumed,
  BootIntentExpired,
  DiscoveryIntentSet,
  DiscoveryIntentServed,
  DiscoveryIntentConsumed,
  DiscoveryIntentExpired,
  DeploymentStarted,
  DeploymentStageReached,
  DeploymentCompleted,
  DeploymentFailed,
  MachineQuarantined,
  MachineReleased,
  MachineRetired,
] as const;

/** Every fact that a machine's stream may hold. */
export type MachineEvent = EventOf<(typeof machineEvents)[number]>;
export const machineCodec = eventCodec(machineEvents);
