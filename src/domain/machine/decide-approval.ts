import { accept, reject } from "../decision.ts";
import type { CommandOf, MachineDecision } from "./decision.ts";
import type { MachineEvent } from "./events.ts";
import { endIntent, failedRun } from "./run-failure.ts";
import type { ActiveMachine } from "./state.ts";

/** Makes the machine ready, and gives it a name when one came along. */
export function approve({ name }: CommandOf<"ApproveMachine">, machine: ActiveMachine): MachineDecision {
  const renamed: readonly MachineEvent[] =
    name === undefined || name === machine.name ? [] : [{ type: "MachineRenamed", data: { name } }];
  const approved: MachineEvent = { type: "MachineApproved", data: {} };

  switch (machine.status) {
    case "discovered":
      if (machine.inventory) return accept(...renamed, approved);
      return reject(
        "INVENTORY_MISSING",
        "the machine has reported no inventory: let it boot the discovery agent, then approve it",
      );
    case "failed":
    case "quarantined":
      return accept(...renamed, approved);
    case "ready":
      return accept(...renamed);
    case "allocated":
    case "deploying":
      return reject("MACHINE_BUSY", `run ${machine.plan.run} has the machine: wait until the run has ended`);
    case "deployed":
      return reject("MACHINE_DEPLOYED", "the machine is deployed, which takes no approval");
  }
}

export function lock({ locked }: ActiveMachine): MachineDecision {
  return locked ? accept() : accept({ type: "MachineLocked", data: {} });
}

export function unlock({ locked }: ActiveMachine): MachineDecision {
  return locked ? accept({ type: "MachineUnlocked", data: {} }) : accept();
}

/** Ends the run that has the machine, if any: nobody is left to bring it to an end. */
export function retire(machine: ActiveMachine): MachineDecision {
  if (machine.locked) {
    return reject("MACHINE_LOCKED", "the machine is locked: unlock it, then retire it");
  }
  return accept(...runEnds(machine), { type: "MachineRetired", data: {} });
}

function runEnds(machine: ActiveMachine): readonly MachineEvent[] {
  const failure = {
    code: "MACHINE_RETIRED",
    message: "the machine was retired before the run ended",
  } as const;
  if (machine.status === "allocated") return endIntent(machine.plan, failure);
  return machine.status === "deploying" ? failedRun(machine.plan.run, failure) : [];
}
