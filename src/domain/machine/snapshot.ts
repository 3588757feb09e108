import type { OptionSetting } from "../network/option-setting.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import { readRecorded } from "../read-recorded.ts";
import type { Architecture } from "../values/architecture.ts";
import type { Labels } from "../values/label.ts";
import type { MacAddress } from "../values/mac-address.ts";
import { type MachineId, machineIdOf } from "../values/machine-id.ts";
import type { Params } from "../values/param.ts";
import type { RunId } from "../values/run-id.ts";
import type { EnvironmentName, MachineName } from "../values/slug.ts";
import type { DeploymentFailureCode, DeploymentStage, DiskImage, DiskTarget } from "./deployment.ts";
import { type MachineEvent, machineCodec } from "./events.ts";
import type { Inventory } from "./inventory.ts";
import { changesOf } from "./snapshot-changes.ts";
import type { Machine } from "./state.ts";

/** The word for where a machine is in its life. */
export type MachineState = Exclude<Machine["status"], "unknown">;

interface MachineFailure {
  /** Of the failed run. `null` when the machine was quarantined and had not failed before. */
  readonly code: DeploymentFailureCode | null;
  readonly message: string;
}

/** The run that the machine has, or had last. */
export interface RunSnapshot {
  readonly run: RunId;
  readonly environment: EnvironmentName;
  /** Of the environment, from 1. */
  readonly version: number;
  readonly image: DiskImage;
  readonly disk: DiskTarget;
  /** `null` until the agent reported the first one. */
  readonly stage: DeploymentStage | null;
  /** When it was asked for, milliseconds UTC. */
  readonly startedAtMs: number;
  /** `null` while the run goes on. */
  readonly endedAtMs: number | null;
  /** `null` while the run goes on. */
  readonly outcome: "completed" | "failed" | null;
  readonly failure: MachineFailure | null;
}

/** A discovery that was asked for and has not come about. */
export interface DiscoveryIntentSnapshot {
  readonly run: RunId;
  readonly environment: EnvironmentName;
  /** Of the environment, from 1. */
  readonly version: number;
  /** How often its script was sent, 0 to 3. */
  readonly servings: number;
  /** When it was asked for, milliseconds UTC. */
  readonly setAtMs: number;
}

/** A machine as people and the API see it, at one moment of its stream. */
export interface MachineSnapshot {
  readonly id: MachineId;
  readonly name: MachineName | null;
  readonly state: MachineState;
  readonly locked: boolean;
  /** Why the machine is failed or quarantined; `null` when it is neither. */
  readonly failure: MachineFailure | null;
  /** The one that it was discovered by comes first; until then in the order in which they were announced. */
  readonly macs: readonly MacAddress[];
  readonly architecture: Architecture | null;
  /** `null` until the agent reported one. */
  readonly inventory: Inventory | null;
  /** `null` until the first deployment. */
  readonly run: RunSnapshot | null;
  /** `null`: the next boot is what the state says. */
  readonly discoveryIntent: DiscoveryIntentSnapshot | null;
  readonly labels: Labels;
  readonly params: Params;
  /** What it gets whatever its classes and its subnet say, in the order of the codes. */
  readonly dhcpOptions: readonly OptionSetting[];
  /** When an operator announced it, milliseconds UTC; `null` when it was discovered without. */
  readonly registeredAtMs: number | null;
  /** When it fetched its first boot script, milliseconds UTC; `null` until then. */
  readonly discoveredAtMs: number | null;
  /** When the newest event was recorded, milliseconds UTC. */
  readonly changedAtMs: number;
  /** Of the newest event. */
  readonly revision: number;
  /** Of the newest event. */
  readonly position: string;
}

/**
 * A machine one event later. It depends on the machine's stream only, so the present view and every look at
 * the past are the same fold.
 *
 * @throws Error when `machine` is `undefined` and no stream begins with the event: half a stream tells nothing
 */
export function foldMachine(
  machine: MachineSnapshot | undefined,
  recorded: RecordedEvent<MachineEvent>,
): MachineSnapshot {
  const { time: changedAtMs, revision, position } = recorded;
  if (machine) return { ...machine, ...changesOf(machine, recorded), changedAtMs, revision, position };
  return { ...begin(recorded), changedAtMs, revision, position };
}

function begin(
  recorded: RecordedEvent<MachineEvent>,
): Omit<MachineSnapshot, "changedAtMs" | "revision" | "position"> {
  const { stream, time } = recorded;
  const id = machineIdOf(stream);
  switch (recorded.type) {
    case "MachineRegistered": {
      const { macs } = recorded.data;
      return { ...beginnings, id, state: "registered", macs, registeredAtMs: time };
    }
    case "MachineDiscovered": {
      const { mac, architecture } = recorded.data;
      return { ...beginnings, id, state: "discovered", macs: [mac], architecture, discoveredAtMs: time };
    }
    default:
      throw new Error(`${stream} begins with ${recorded.type}: read it from its first event`);
  }
}

const beginnings = {
  name: null,
  locked: false,
  failure: null,
  architecture: null,
  inventory: null,
  run: null,
  discoveryIntent: null,
  labels: {},
  params: {},
  dhcpOptions: [],
  registeredAtMs: null,
  discoveredAtMs: null,
} as const;

/** The machine after these events, which are its stream from the beginning; `undefined` when there are none. */
export function machineAfter(events: readonly RecordedEvent[]): MachineSnapshot | undefined {
  return events.reduce<MachineSnapshot | undefined>(
    (machine, recorded) => foldMachine(machine, readRecorded(machineCodec, recorded)),
    undefined,
  );
}
