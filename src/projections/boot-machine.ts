import { type DeploymentPlan, stateAfterFailure } from "../domain/machine/deployment.ts";
import type { MachineEvent } from "../domain/machine/events.ts";
import type { MachineState } from "../domain/machine/snapshot.ts";
import type { OptionSetting } from "../domain/network/option-setting.ts";
import type { Position, RecordedEvent } from "../domain/ports/event-store.ts";
import { withChange } from "../domain/values/keyed-change.ts";
import type { Labels } from "../domain/values/label.ts";
import type { MacAddress } from "../domain/values/mac-address.ts";
import { type MachineId, machineIdOf } from "../domain/values/machine-id.ts";
import type { RunId } from "../domain/values/run-id.ts";
import type { MachineName } from "../domain/values/slug.ts";

/** An intent that was neither consumed nor expired. An effects epoch may have ended it all the same. */
export interface BootIntent {
  readonly plan: DeploymentPlan;
  /** Of the BootIntentSet event. */
  readonly eventId: string;
  readonly position: Position;
  /** How often its script was sent, 0 to 3. */
  readonly servings: number;
}

/** A discovery that was asked for and has not come about. An effects epoch may have ended it all the same. */
interface BootDiscovery {
  readonly run: RunId;
  /** Of the DiscoveryIntentSet event. */
  readonly eventId: string;
  readonly position: Position;
}

export interface EndedRun {
  readonly run: RunId;
  /** Of the DeploymentCompleted, DeploymentFailed or DiscoveryIntentConsumed event. */
  readonly eventId: string;
}

/** A machine as the packet path knows it: small, because every machine is kept in memory. */
export interface BootMachine {
  readonly machineId: MachineId;
  readonly name: MachineName | null;
  readonly status: MachineState;
  readonly locked: boolean;
  readonly labels: Labels;
  /** What it gets whatever its classes and its subnet say, in the order of the codes. */
  readonly dhcpOptions: readonly OptionSetting[];
  /** Those that it still claims; the one that it was discovered by comes first. */
  readonly macs: readonly MacAddress[];
  readonly intent: BootIntent | undefined;
  /** The plan of the run whose agent is at work. */
  readonly deploying: DeploymentPlan | undefined;
  /** The run that was asked for last, over or not; `undefined` before the first. */
  readonly newestRun: RunId | undefined;
  /** Where the run that is not over was asked for; `undefined` when there is none. */
  readonly runSetPosition: Position | undefined;
  /** Never beside a run. */
  readonly discovery: BootDiscovery | undefined;
  /** The last run that ended, until the machine boots again. */
  readonly endedRun: EndedRun | undefined;
  /** When something of the run or the discovery was last recorded, milliseconds UTC; 0 before the first. */
  readonly heardAtMs: number;
}

/** The machine one event later; `undefined` for a stream that begins as none does. */
export function foldBootMachine(
  machine: BootMachine | undefined,
  event: RecordedEvent<MachineEvent>,
): BootMachine | undefined {
  if (machine) {
    const heardAtMs = isOfRun(event) ? event.time : machine.heardAtMs;
    return { ...machine, ...changesOf(machine, event), heardAtMs };
  }
  const begun = { ...beginnings, machineId: machineIdOf(event.stream) };
  switch (event.type) {
    case "MachineRegistered":
      return { ...begun, status: "registered", macs: event.data.macs };
    case "MachineDiscovered":
      return { ...begun, status: "discovered", macs: [event.data.mac] };
    default:
      return undefined;
  }
}

const beginnings = {
  name: null,
  locked: false,
  labels: {},
  dhcpOptions: [],
  intent: undefined,
  deploying: undefined,
  newestRun: undefined,
  runSetPosition: undefined,
  discovery: undefined,
  endedRun: undefined,
  heardAtMs: 0,
} as const;

/** Whether the event tells of a run or a discovery. What people do to the machine meanwhile is no sign of life. */
function isOfRun({ data }: RecordedEvent<MachineEvent>): boolean {
  return "run" in data || "plan" in data;
}

function changesOf(machine: BootMachine, event: RecordedEvent<MachineEvent>): Partial<BootMachine> {
  const { intent } = machine;
  switch (event.type) {
    case "MachineDiscovered":
      return shownUp(machine, event.data.mac);
    case "LabelsChanged":
      return { labels: withChange(machine.labels, event.data) };
    case "DhcpOptionsChanged":
      return { dhcpOptions: event.data.options };
    case "MachineRegistered":
    case "ParamsChanged":
    case "DiscoveryIntentServed":
    case "InventoryReported":
    case "DeploymentStageReached":
      return {};
    case "InterfaceAdded":
      return { macs: [...machine.macs, event.data.mac] };
    case "MachineApproved":
      return { status: "ready" };
    case "MachineRenamed":
      return { name: event.data.name };
    case "MachineLocked":
      return { locked: true };
    case "MachineUnlocked":
      return { locked: false };
    case "MachineAllocated":
      return { status: "allocated" };
    case "BootIntentSet": {
      const { id: eventId, position, data } = event;
      const intent = { plan: data.plan, eventId, position, servings: 0 };
      return { intent, newestRun: data.plan.run, runSetPosition: position, endedRun: undefined };
    }
    case "BootIntentServed":
      return { intent: intent && { ...intent, servings: event.data.serving } };
    case "BootIntentConsumed":
      return { intent: undefined, deploying: intent?.plan };
    case "BootIntentExpired":
      return { intent: undefined };
    case "DeploymentStarted":
      return { status: "deploying" };
    case "DeploymentCompleted":
      return { status: "deployed", ...ended(event) };
    case "DeploymentFailed":
      return { status: stateAfterFailure(event.data.code), ...ended(event) };
    case "DiscoveryIntentSet": {
      const { id: eventId, position, data } = event;
      return { discovery: { run: data.run, eventId, position }, endedRun: undefined };
    }
    case "DiscoveryIntentConsumed":
      return { discovery: undefined, endedRun: { run: event.data.run, eventId: event.id } };
    case "DiscoveryIntentExpired":
      return { discovery: undefined };
    case "MachineReleased":
      return { status: "releasing" };
    case "MachineQuarantined":
      return { status: "quarantined" };
    case "MachineRetired":
      return { status: "retired", intent: undefined, deploying: undefined, runSetPosition: undefined };
  }
}

/** An announced machine showed up with this interface. One that was quarantined meanwhile stays so. */
function shownUp({ status, macs }: BootMachine, mac: MacAddress): Partial<BootMachine> {
  return {
    status: status === "registered" ? "discovered" : status,
    macs: [mac, ...macs.filter((each) => each !== mac)],
  };
}

function ended({ id, data: { run } }: Extract<RecordedEvent<MachineEvent>, { data: { run: RunId } }>) {
  const endedRun = { run, eventId: id };
  return { intent: undefined, deploying: undefined, runSetPosition: undefined, endedRun };
}
