import type { RecordedEvent } from "../ports/event-store.ts";
import type { MachineEvent } from "./events.ts";
import type { MachineSnapshot, RunSnapshot } from "./snapshot.ts";

type Changes = Partial<MachineSnapshot>;

/** What an event changes about a machine, besides its newest revision, position and time. */
export function changesOf(machine: MachineSnapshot, event: RecordedEvent<MachineEvent>): Changes {
  switch (event.type) {
    case "MachineDiscovered":
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
      return { state: "failed", failure, ...runChanges(machine, ended) };
    }
    case "MachineQuarantined": {
      const { message } = event.data;
      return { state: "quarantined", failure: { code: machine.failure?.code ?? null, message } };
    }
    case "MachineRetired":
      return { state: "retired", failure: null };
  }
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
