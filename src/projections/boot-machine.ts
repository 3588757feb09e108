import type { DeploymentPlan } from "../domain/machine/deployment.ts";
import type { MachineEvent } from "../domain/machine/events.ts";
import type { MachineState } from "../domain/machine/snapshot.ts";
import type { Position, RecordedEvent } from "../domain/ports/event-store.ts";
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

export interface EndedRun {
  readonly run: RunId;
  /** Of the DeploymentCompleted or DeploymentFailed event. */
  readonly eventId: string;
}

/** A machine as the packet path knows it: small, because every machine is kept in memory. */
export interface BootMachine {
  readonly machineId: MachineId;
  readonly name: MachineName | null;
  readonly status: MachineState;
  readonly locked: boolean;
  /** Those that it still claims; the one that it was discovered by comes first. */
  readonly macs: readonly MacAddress[];
  readonly intent: BootIntent | undefined;
  /** The plan of the run whose agent is at work. */
  readonly deploying: DeploymentPlan | undefined;
  /** Where the run that is not over was asked for; `undefined` when there is none. */
  readonly runSetPosition: Position | undefined;
  /** The last run that ended, until the machine boots again. */
  readonly endedRun: EndedRun | undefined;
  /** When the newest event was recorded, milliseconds UTC. */
  readonly changedAtMs: number;
}

/** The machine one event later; `undefined` for a stream that does not begin with a discovery. */
export function foldBootMachine(
  machine: BootMachine | undefined,
  event: RecordedEvent<MachineEvent>,
): BootMachine | undefined {
  if (machine) return { ...machine, ...changesOf(machine, event), changedAtMs: event.time };
  if (event.type !== "MachineDiscovered") return undefined;
  return {
    machineId: machineIdOf(event.stream),
    name: null,
    status: "discovered",
    locked: false,
    macs: [event.data.mac],
    intent: undefined,
    deploying: undefined,
    runSetPosition: undefined,
    endedRun: undefined,
    changedAtMs: event.time,
  };
}

function changesOf(machine: BootMachine, event: RecordedEvent<MachineEvent>): Partial<BootMachine> {
  const { intent } = machine;
  switch (event.type) {
    case "MachineDiscovered":
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
      return { intent, runSetPosition: position, endedRun: undefined };
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
      return { status: "failed", ...ended(event) };
    case "MachineQuarantined":
      return { status: "quarantined" };
    case "MachineRetired":
      return { status: "retired", intent: undefined, deploying: undefined, runSetPosition: undefined };
  }
}

function ended({ id, data: { run } }: Extract<RecordedEvent<MachineEvent>, { data: { run: RunId } }>) {
  const endedRun = { run, eventId: id };
  return { intent: undefined, deploying: undefined, runSetPosition: undefined, endedRun };
}
