import type { RecordedEvent } from "../ports/event-store.ts";
import { withChange } from "../values/keyed-change.ts";
import { stateAfterFailure } from "./deployment.ts";
import type { MachineEvent } from "./events.ts";
import type { DiscoveryIntentSnapshot, MachineSnapshot, RunSnapshot } from "./snapshot.ts";

type Changes = Partial<MachineSnapshot>;

/** What an event changes about a machine, besides its newest revision, position and time. */
export function changesOf(machine: MachineSnapshot, event: RecordedEvent<MachineEvent>): Changes {
  switch (event.type) {
    case "MachineDiscovered":
      return machine.discoveredAtMs === null ? shownUp(machine, event) : {};
    // A stream begins with it, and no other event of the stream is one.
    case "MachineRegistered":
    case "BootIntentServed":
    case "BootIntentConsumed":
    case "BootIntentExpired":
      return {};
    case "InventoryReported":
      return { inventory: event.data.inventory };
    case "InterfaceAdded":
      return { macs: [...machine.macs, event.data.mac] };
    case "MachineApproved":
      return { state: "ready", failure: null };
    case "MachineRenamed":
      return { name: event.data.name };
    case "LabelsChanged":
      return { labels: withChange(machine.labels, event.data) };
    case "ParamsChanged":
      return { params: withChange(machine.params, event.data) };
    case "DhcpOptionsChanged":
      return { dhcpOptions: event.data.options };
    case "MachineLocked":
      return { locked: true };
    case "MachineUnlocked":
      return { locked: false };
    case "MachineAllocated":
      return { state: "allocated", failure: null };
    case "BootIntentSet":
      return { run: planned(event) };
    case "DeploymentStarted":
      return { state: "deploying" };
    case "DeploymentStageReached":
      return runChanges(machine, { stage: event.data.stage });
    case "DeploymentCompleted":
      return {
        state: "deployed",
        ...runChanges(machine, { outcome: "completed", endedAtMs: event.time }),
      };
    case "DeploymentFailed": {
      const { code, message } = event.data;
      const failure = { code, message };
      const ended = { outcome: "failed", endedAtMs: event.time, failure } as const;
      const state = stateAfterFailure(code);
      return { state, failure: state === "failed" ? failure : null, ...runChanges(machine, ended) };
    }
    case "DiscoveryIntentSet":
      return { discoveryIntent: asked(event) };
    case "DiscoveryIntentServed":
      return { discoveryIntent: served(machine, event.data.serving) };
    case "DiscoveryIntentConsumed":
    case "DiscoveryIntentExpired":
      return { discoveryIntent: null };
    case "MachineReleased":
      return { state: "releasing", failure: null };
    case "MachineQuarantined": {
      const { message } = event.data;
      return { state: "quarantined", failure: { code: machine.failure?.code ?? null, message } };
    }
    case "MachineRetired":
      return { state: "retired", failure: null };
  }
}

/** An announced machine fetched its first boot script. One that was quarantined meanwhile stays so. */
function shownUp(
  { macs, state: before }: MachineSnapshot,
  { data: { mac, architecture }, time }: Extract<RecordedEvent<MachineEvent>, { type: "MachineDiscovered" }>,
): Changes {
  const others = macs.filter((each) => each !== mac);
  const state = before === "registered" ? "discovered" : before;
  return { state, macs: [mac, ...others], architecture, discoveredAtMs: time };
}

function asked({
  data: { run, environment },
  time,
}: Extract<RecordedEvent<MachineEvent>, { type: "DiscoveryIntentSet" }>): DiscoveryIntentSnapshot {
  const { name, version } = environment;
  return { run, environment: name, version, servings: 0, setAtMs: time };
}

function served({ discoveryIntent }: MachineSnapshot, servings: number): DiscoveryIntentSnapshot | null {
  return discoveryIntent && { ...discoveryIntent, servings };
}

function planned({
  data: { plan },
  time,
}: Extract<RecordedEvent<MachineEvent>, { type: "BootIntentSet" }>): RunSnapshot {
  const { run, environment, image, disk } = plan;
  return {
    run,
    environment: environment.name,
    version: environment.version,
    image,
    disk,
    stage: null,
    startedAtMs: time,
    endedAtMs: null,
    outcome: null,
    failure: null,
  };
}

function runChanges({ run }: MachineSnapshot, changes: Partial<RunSnapshot>): Changes {
  return run === null ? {} : { run: { ...run, ...changes } };
}
