import { accept, reject } from "../decision.ts";
import type { CommandOf, MachineDecision } from "./decision.ts";
import type { MachineEvent } from "./events.ts";
import type { ActiveMachine } from "./state.ts";

/** Makes the machine ready, and gives it a name when one came along. */
export function approve({ name }: CommandOf<"ApproveMachine">, machine: ActiveMachine): MachineDecision {
  const renamed: readonly MachineEvent[] =
    name === undefined || name === machine.name ? [] : [{ type: "MachineRenamed", data: { name } }];
  const approved: MachineEvent = { type: "MachineApproved", data: {} };

  switch (machine.status) {
    case "registered":
    case "discovered":
    case "quarantined":
      if (machine.inventory) return accept(...renamed, approved);
      return reject(
        "INVENTORY_MISSING",
        "the machine has reported no inventory: have it discovered (set a boot intent), then approve it",
      );
    case "failed":
    case "releasing":
      return accept(...renamed, approved);
    case "ready":
      return accept(...renamed);
    case "allocated":
    case "deploying":
      return reject("MACHINE_BUSY", `run ${machine.plan.run} has the machine: wait until the run has ended`);
    case "deployed":
      return reject("MACHINE_DEPLOYED", "the machine is deployed: release it to give up what is on its disk");
  }
}

export function rename({ name }: CommandOf<"RenameMachine">, machine: ActiveMachine): MachineDecision {
  return name === machine.name ? accept() : accept({ type: "MachineRenamed", data: { name } });
}

export function lock({ locked }: ActiveMachine): MachineDecision {
  return locked ? accept() : accept({ type: "MachineLocked", data: {} });
}

export function unlock({ locked }: ActiveMachine): MachineDecision {
  return locked ? accept({ type: "MachineUnlocked", data: {} }) : accept();
}
