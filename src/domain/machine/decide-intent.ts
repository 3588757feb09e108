import { accept, reject } from "../decision.ts";
import type { CommandOf, MachineDecision } from "./decision.ts";
import type { MachineEvent } from "./events.ts";
import { endDiscovery, endIntent } from "./run-failure.ts";
import type { ActiveMachine } from "./state.ts";

/**
 * Has the machine boot the discovery agent once more. Whatever its state is: the agent writes to no disk. While a
 * run has the machine, the run decides what it boots.
 */
export function setDiscoveryIntent(
  { run, environment }: CommandOf<"SetDiscoveryIntent">,
  machine: ActiveMachine,
): MachineDecision {
  if (machine.endedRuns.includes(run)) {
    return reject("RUN_ENDED", `run ${run} has ended: ask for another discovery`);
  }
  if (machine.status === "allocated" || machine.status === "deploying") {
    return reject("MACHINE_BUSY", `run ${machine.plan.run} has the machine: wait until the run has ended`);
  }
  if (machine.locked) {
    return reject("MACHINE_LOCKED", "the machine is locked: unlock it, then have it discovered again");
  }
  if (machine.discoveryIntent?.run === run) return accept();
  return accept(...superseded(machine), { type: "DiscoveryIntentSet", data: { run, environment } });
}

/** Takes back what the machine was to boot. Nothing to take back is no refusal. */
export function withdrawBootIntent(machine: ActiveMachine): MachineDecision {
  switch (machine.status) {
    case "allocated":
      return accept(
        ...endIntent(machine.plan, {
          code: "INTENT_WITHDRAWN",
          message: "the boot intent was withdrawn before an agent reported",
        }),
      );
    case "deploying":
      return reject(
        "INTENT_CONSUMED",
        `the agent of run ${machine.plan.run} has reported, and may be writing: wait until the run has ended`,
      );
    default:
      return accept(...endDiscovery(machine, "INTENT_WITHDRAWN"));
  }
}

/** The end of a discovery intent that something else takes the place of, if there is one. */
export function superseded({ discoveryIntent }: ActiveMachine): readonly MachineEvent[] {
  if (!discoveryIntent) return [];
  return [{ type: "DiscoveryIntentExpired", data: { run: discoveryIntent.run, reason: "superseded" } }];
}
