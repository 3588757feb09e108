import { accept, reject } from "../decision.ts";
import type { CommandOf, MachineDecision } from "./decision.ts";
import type { MachineEvent } from "./events.ts";
import { endDiscovery, endIntent, type Failure, failedRun } from "./run-failure.ts";
import type { ActiveMachine } from "./state.ts";

/** Ends the run that has the machine, if any: nobody is left to bring it to an end. */
export function retire(machine: ActiveMachine): MachineDecision {
  if (machine.locked) {
    return reject("MACHINE_LOCKED", "the machine is locked: unlock it, then retire it");
  }
  const message = "the machine was retired before the run ended";
  return accept(...runEnds(machine, { code: "MACHINE_RETIRED", message }), {
    type: "MachineRetired",
    data: {},
  });
}

/** Ends the run that has the machine, if any. A lock does not keep a machine from being held back. */
export function quarantine(
  { message }: CommandOf<"QuarantineMachine">,
  machine: ActiveMachine,
): MachineDecision {
  const ends = runEnds(machine, {
    code: "MACHINE_QUARANTINED",
    message: "the machine was quarantined before the run ended",
  });
  if (machine.status === "quarantined") return accept(...ends);
  return accept(...ends, { type: "MachineQuarantined", data: { message } });
}

/**
 * Gives up what is on the machine's disks. They still hold it: until erasing them comes in between, a person has to
 * vouch for the machine by approving it before it takes another run.
 */
export function release(machine: ActiveMachine): MachineDecision {
  switch (machine.status) {
    case "deployed":
    case "failed":
      if (machine.locked)
        return reject("MACHINE_LOCKED", "the machine is locked: unlock it, then release it");
      return accept({ type: "MachineReleased", data: {} });
    case "releasing":
      return accept();
    case "allocated":
    case "deploying":
      return reject("MACHINE_BUSY", `run ${machine.plan.run} has the machine: wait until the run has ended`);
    case "registered":
    case "discovered":
    case "ready":
    case "quarantined":
      return reject(
        "MACHINE_NOT_DEPLOYED",
        `the machine is ${machine.status}: only one that is deployed or failed has something to give up`,
      );
  }
}

function runEnds(machine: ActiveMachine, failure: Failure): readonly MachineEvent[] {
  switch (machine.status) {
    case "allocated":
      return endIntent(machine.plan, failure);
    case "deploying":
      return failedRun(machine.plan.run, failure);
    default:
      return endDiscovery(machine, failure.code);
  }
}
