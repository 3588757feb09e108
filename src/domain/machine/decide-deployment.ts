import { accept, reject } from "../decision.ts";
import { superseded } from "./decide-intent.ts";
import type { CommandOf, MachineDecision } from "./decision.ts";
import type { DeploymentPlan } from "./deployment.ts";
import { pickDisk } from "./pick-disk.ts";
import type { ActiveMachine, DeployableMachine } from "./state.ts";

/** Allocates the machine to a run and sets its one-shot boot intent. The plan is fixed from here on. */
export function deploy(command: CommandOf<"DeployMachine">, machine: ActiveMachine): MachineDecision {
  const { run } = command;
  // A discovery ends where a deployment takes its place, and a run that has ended never begins again.
  if (machine.endedRuns.includes(run) || machine.discoveryIntent?.run === run) {
    return reject("RUN_ENDED", `run ${run} has ended: ask for another deployment`);
  }
  switch (machine.status) {
    case "registered":
    case "discovered":
      return reject("MACHINE_NOT_APPROVED", "the machine is not approved: approve it, then deploy it");
    case "quarantined":
      return reject(
        "MACHINE_QUARANTINED",
        "the machine is quarantined: find out why, approve it again, then deploy it",
      );
    case "deployed":
      return reject(
        "MACHINE_DEPLOYED",
        "the machine is deployed: release it to give up what is on its disk, approve it, then deploy it",
      );
    case "releasing":
      return reject(
        "MACHINE_NOT_APPROVED",
        "the machine is being released: approve it when you can vouch for it, then deploy it",
      );
    case "allocated":
    case "deploying":
      if (machine.plan.run === run) return accept();
      return reject("MACHINE_BUSY", `run ${machine.plan.run} has the machine: wait until the run has ended`);
    case "ready":
    case "failed":
      if (machine.locked) return reject("MACHINE_LOCKED", "the machine is locked: unlock it, then deploy it");
      return allocate(command, machine);
  }
}

function allocate(
  { run, environment, image, disk: wanted }: CommandOf<"DeployMachine">,
  machine: DeployableMachine,
): MachineDecision {
  const disk = pickDisk(machine.inventory.disks, wanted);
  if (disk.outcome === "rejected") return disk;
  const plan: DeploymentPlan = { run, environment, image, disk: disk.target };
  return accept(
    ...superseded(machine),
    { type: "MachineAllocated", data: { run } },
    { type: "BootIntentSet", data: { plan } },
  );
}
