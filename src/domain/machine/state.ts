import type { MacAddress } from "../values/mac-address.ts";
import type { RunId } from "../values/run-id.ts";
import type { MachineName } from "../values/slug.ts";
import type { DeploymentPlan, DeploymentStage } from "./deployment.ts";
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

/** A machine that an operator approved, which takes an inventory. */
interface InService extends Identity {
  readonly inventory: Inventory;
  readonly locked: boolean;
}

interface Discovered extends Identity {
  readonly status: "discovered";
  readonly inventory: Inventory | undefined;
  readonly locked: boolean;
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

/** `deployed`: what is on its disk counts. `quarantined`: a person must look first. */
interface HeldBack extends InService {
  readonly status: "deployed" | "quarantined";
}

/** A machine that somebody may still ask something of. */
export type ActiveMachine = Discovered | DeployableMachine | HeldBack | AllocatedMachine | DeployingMachine;

export type RetiredMachine = Identity & { readonly status: "retired" };

/** What deciding needs to know of a machine, and no more. Screens read `MachineSnapshot` instead. */
export type Machine = { readonly status: "unknown" } | ActiveMachine | RetiredMachine;

export const unknownMachine: Machine = { status: "unknown" };

export function evolve(machine: Machine, event: MachineEvent): Machine {
  if (machine.status === "unknown") return begin(event);
  if (machine.status === "retired") return impossible(machine, event);
  switch (event.type) {
    case "MachineDiscovered":
      return impossible(machine, event);
    case "InventoryReported":
      return { ...machine, inventory: event.data.inventory };
    case "InterfaceAdded":
      return { ...machine, macs: [...machine.macs, event.data.mac] };
    case "MachineRenamed":
      return { ...machine, ...renamed(machine, event.data.name) };
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
      return { ...inService(machine, event), ...ended(machine, event.data.run), status: "failed" };
    case "MachineQuarantined":
      return { ...inService(machine, event), status: "quarantined" };
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
  if (event.type !== "MachineDiscovered") return impossible(unknownMachine, event);
  return {
    status: "discovered",
    macs: [event.data.mac],
    name: undefined,
    formerNames: [],
    endedRuns: [],
    inventory: undefined,
    locked: false,
  };
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

function inService(machine: ActiveMachine, event: MachineEvent): InService {
  const { inventory, locked } = machine;
  if (!inventory) return impossible(machine, event);
  return { ...identityOf(machine), inventory, locked };
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
