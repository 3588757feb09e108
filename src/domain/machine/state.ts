import type { EnvironmentVersion } from "../boot-environment/manifest.ts";
import type { OptionSetting } from "../network/option-setting.ts";
import { withChange } from "../values/keyed-change.ts";
import type { Labels } from "../values/label.ts";
import type { MacAddress } from "../values/mac-address.ts";
import type { Params } from "../values/param.ts";
import type { RunId } from "../values/run-id.ts";
import type { MachineName } from "../values/slug.ts";
import { type DeploymentPlan, type DeploymentStage, stateAfterFailure } from "./deployment.ts";
import type { MachineEvent } from "./events.ts";
import type { Inventory } from "./inventory.ts";

/** What stays with a machine as long as it is remembered. */
interface Identity {
  /** Claimed by this machine; the one that it was discovered by comes first. */
  readonly macs: readonly MacAddress[];
  readonly name: MachineName | undefined;
  /** Names that it had before. Their claims are to be released. */
  readonly formerNames: readonly MachineName[];
  /** Runs that reached an end: whatever is still reported of them comes too late. */
  readonly endedRuns: readonly RunId[];
}

/** The machine is to boot this discovery environment, once, whatever its state is. */
export interface DiscoveryIntent {
  readonly run: RunId;
  readonly environment: EnvironmentVersion;
  /** How often the intent's script was sent, 0 to 3. */
  readonly servings: number;
}

/** What a machine has until it is retired, whatever its state is. */
interface InUse extends Identity {
  /** Whether it ever fetched a boot script. False of one that was announced, and of no other. */
  readonly seen: boolean;
  readonly inventory: Inventory | undefined;
  readonly locked: boolean;
  readonly labels: Labels;
  readonly params: Params;
  /** In the order of their codes. */
  readonly dhcpOptions: readonly OptionSetting[];
  /** `undefined`: the next boot is what the state says. Never beside a run. */
  readonly discoveryIntent: DiscoveryIntent | undefined;
}

/** A machine that an operator approved, which takes an inventory. */
interface InService extends InUse {
  readonly inventory: Inventory;
}

/**
 * `registered`: announced, and never seen. `discovered`: seen, and not approved. `quarantined`: a person must look
 * first.
 */
interface OutOfService extends InUse {
  readonly status: "registered" | "discovered" | "quarantined";
}

/** The boot intent of the plan is live: the machine boots into the plan's environment, once. */
export interface AllocatedMachine extends InService {
  readonly status: "allocated";
  readonly plan: DeploymentPlan;
  /** How often the intent's script was sent, 0 to 3. */
  readonly servings: number;
}

/** The intent is consumed: the agent with this boot id, and no other, may write to the plan's disk. */
export interface DeployingMachine extends InService {
  readonly status: "deploying";
  readonly plan: DeploymentPlan;
  readonly agentBootId: string;
  /** `undefined` until the agent reported the first one. */
  readonly stage: DeploymentStage | undefined;
}

/** A machine that a run may have. */
export interface DeployableMachine extends InService {
  readonly status: "ready" | "failed";
}

/** `deployed`: what is on its disk counts. `releasing`: it was given up, and is on the disk still. */
interface HeldBack extends InService {
  readonly status: "deployed" | "releasing";
}

/** A machine that somebody may still ask something of. */
export type ActiveMachine = OutOfService | DeployableMachine | HeldBack | AllocatedMachine | DeployingMachine;

export type RetiredMachine = Identity & { readonly status: "retired" };

/** What deciding needs to know of a machine, and no more. Screens read `MachineSnapshot` instead. */
export type Machine = { readonly status: "unknown" } | ActiveMachine | RetiredMachine;

export const unknownMachine: Machine = { status: "unknown" };

export function evolve(machine: Machine, event: MachineEvent): Machine {
  if (machine.status === "unknown") return begin(event);
  if (machine.status === "retired") return impossible(machine, event);
  switch (event.type) {
    case "MachineRegistered":
      return impossible(machine, event);
    case "MachineDiscovered":
      return machine.seen ? impossible(machine, event) : shownUp(machine, event.data.mac);
    case "InventoryReported":
      return { ...machine, inventory: event.data.inventory };
    case "InterfaceAdded":
      return { ...machine, macs: [...machine.macs, event.data.mac] };
    case "MachineRenamed":
      return { ...machine, ...renamed(machine, event.data.name) };
    case "LabelsChanged":
      return { ...machine, labels: withChange(machine.labels, event.data) };
    case "ParamsChanged":
      return { ...machine, params: withChange(machine.params, event.data) };
    case "DhcpOptionsChanged":
      return { ...machine, dhcpOptions: event.data.options };
    case "MachineLocked":
      return { ...machine, locked: true };
    case "MachineUnlocked":
      return { ...machine, locked: false };
    case "MachineApproved":
      return { ...inService(machine, event), status: "ready" };
    case "BootIntentSet":
      return { ...inService(machine, event), status: "allocated", plan: event.data.plan, servings: 0 };
    case "BootIntentServed":
    case "BootIntentConsumed":
      return machine.status === "allocated" ? evolveIntent(machine, event) : impossible(machine, event);
    case "DeploymentStageReached":
      return machine.status === "deploying"
        ? { ...machine, stage: event.data.stage }
        : impossible(machine, event);
    case "DeploymentCompleted":
      return { ...inService(machine, event), ...ended(machine, event.data.run), status: "deployed" };
    case "DeploymentFailed":
      return {
        ...inService(machine, event),
        ...ended(machine, event.data.run),
        status: stateAfterFailure(event.data.code),
      };
    case "DiscoveryIntentSet":
      return { ...machine, discoveryIntent: { ...event.data, servings: 0 } };
    case "DiscoveryIntentServed":
      return { ...machine, ...servedDiscovery(machine, event) };
    case "DiscoveryIntentConsumed":
    case "DiscoveryIntentExpired":
      return { ...machine, ...ended(machine, event.data.run), discoveryIntent: undefined };
    case "MachineQuarantined":
      return { ...inUse(machine), status: "quarantined" };
    case "MachineReleased":
      return { ...inService(machine, event), status: "releasing" };
    case "MachineRetired":
      return { ...identityOf(machine), status: "retired" };
    // Each of these stands in one append with the event that changes what may happen next.
    case "MachineAllocated":
    case "BootIntentExpired":
    case "DeploymentStarted":
      return machine;
  }
}

function begin(event: MachineEvent): Machine {
  switch (event.type) {
    case "MachineRegistered":
      return { ...beginnings, status: "registered", macs: event.data.macs };
    case "MachineDiscovered":
      return { ...beginnings, status: "discovered", seen: true, macs: [event.data.mac] };
    default:
      return impossible(unknownMachine, event);
  }
}

const beginnings = {
  seen: false,
  name: undefined,
  formerNames: [],
  endedRuns: [],
  inventory: undefined,
  locked: false,
  labels: {},
  params: {},
  dhcpOptions: [],
  discoveryIntent: undefined,
} as const;

/** An announced machine showed up with this interface. One that was quarantined meanwhile stays so. */
function shownUp(machine: ActiveMachine, mac: MacAddress): Machine {
  const macs = [mac, ...machine.macs.filter((each) => each !== mac)];
  return machine.status === "registered"
    ? { ...machine, macs, seen: true, status: "discovered" }
    : { ...machine, macs, seen: true };
}

function evolveIntent(
  machine: AllocatedMachine,
  event: Extract<MachineEvent, { type: "BootIntentServed" | "BootIntentConsumed" }>,
): Machine {
  switch (event.type) {
    case "BootIntentServed":
      return { ...machine, servings: event.data.serving };
    case "BootIntentConsumed": {
      const { agentBootId } = event.data;
      const { plan } = machine;
      return { ...inService(machine, event), status: "deploying", plan, agentBootId, stage: undefined };
    }
  }
}

function identityOf({ macs, name, formerNames, endedRuns }: ActiveMachine): Identity {
  return { macs, name, formerNames, endedRuns };
}

function inUse(machine: ActiveMachine): InUse {
  const { seen, inventory, locked, labels, params, dhcpOptions, discoveryIntent } = machine;
  return { ...identityOf(machine), seen, inventory, locked, labels, params, dhcpOptions, discoveryIntent };
}

function inService(machine: ActiveMachine, event: MachineEvent): InService {
  const { inventory } = machine;
  return inventory ? { ...inUse(machine), inventory } : impossible(machine, event);
}

function servedDiscovery(
  machine: ActiveMachine,
  event: Extract<MachineEvent, { type: "DiscoveryIntentServed" }>,
) {
  const { discoveryIntent } = machine;
  if (!discoveryIntent) return impossible(machine, event);
  return { discoveryIntent: { ...discoveryIntent, servings: event.data.serving } };
}

function renamed({ name: former, formerNames }: Identity, name: MachineName) {
  const names = former === undefined ? formerNames : [...formerNames, former];
  return { name, formerNames: names.filter((each) => each !== name) };
}

function ended({ endedRuns }: Identity, run: RunId) {
  return { endedRuns: [...endedRuns, run] };
}

/** No decision leads here: the stream is not what was written, and deciding on it would be guessing. */
function impossible({ status }: Machine, { type }: MachineEvent): never {
  throw new Error(`${type} cannot follow on a machine that is ${status}: verify the log`);
}
