import type { DeploymentPlan } from "../../domain/machine/deployment.ts";
import type { DiscoveryIntent, Machine } from "../../domain/machine/state.ts";
import type { UnknownMachinePolicy } from "../../domain/network/subnet.ts";
import type { MachineId } from "../../domain/values/machine-id.ts";
import type { RunId } from "../../domain/values/run-id.ts";

/** The machine that an interface belongs to, as its stream says at this moment. */
export interface MachineAtBoot {
  readonly machineId: MachineId;
  readonly machine: Machine;
  /** False for an intent from before the newest effects epoch: it belongs to a time that was restored away. */
  readonly intentIsOfThisEpoch: boolean;
}

/** All that the decision depends on. */
export interface BootSituation {
  /** The log was restored, and no operator has let the service act again. */
  readonly fenced: boolean;
  /** Of the subnet of the leased address. */
  readonly unknownMachines: UnknownMachinePolicy;
  /** More unknown interfaces than the hourly limit ask, and this one was not recorded. */
  readonly suppressed: boolean;
  /** `undefined` when the interface belongs to no machine. */
  readonly known: MachineAtBoot | undefined;
  /** The run's agent at work was started by this very boot: its script's URL was asked for once more. */
  readonly startedAgent: boolean;
}

/** What a machine that asks for its script is to get. The disk is what it gets unless something speaks for more. */
export type BootDecision =
  | {
      readonly action: "local-disk";
      readonly why:
        | "fenced"
        | "suppressed"
        | "policy"
        | "no-intent"
        /** The run's agent was at work: that the machine boots again ends the run. */
        | "rebooted";
      /** The run to end first. */
      readonly endRun?: { readonly machineId: MachineId; readonly run: RunId };
    }
  | { readonly action: "discover"; readonly known: MachineAtBoot | undefined }
  | { readonly action: "rediscover"; readonly machineId: MachineId; readonly intent: DiscoveryIntent }
  | { readonly action: "deploy"; readonly machineId: MachineId; readonly plan: DeploymentPlan };

export function decideBoot(situation: BootSituation): BootDecision {
  const { fenced, unknownMachines, suppressed, known, startedAgent } = situation;
  if (fenced) return { action: "local-disk", why: "fenced" };
  const intent = known && liveDiscovery(known);
  if (intent) return { action: "rediscover", machineId: known.machineId, intent };
  // An operator announced it, so what is done with unknown machines does not bind it.
  if (known?.machine.status === "registered") return { action: "discover", known };
  if (known && known.machine.status !== "unknown" && known.machine.status !== "discovered") {
    return decideKnown(known, startedAgent);
  }
  // A claim without a machine is left by a crash in between; discovering it again completes it.
  if (suppressed && !known) return { action: "local-disk", why: "suppressed" };
  if (unknownMachines === "local-disk") return { action: "local-disk", why: "policy" };
  return { action: "discover", known };
}

/** The intent to take the machine's inventory again; `undefined` when there is none that counts. */
export function liveDiscovery({ machine, intentIsOfThisEpoch }: MachineAtBoot): DiscoveryIntent | undefined {
  return intentIsOfThisEpoch && "discoveryIntent" in machine ? machine.discoveryIntent : undefined;
}

function decideKnown(
  { machineId, machine, intentIsOfThisEpoch }: MachineAtBoot,
  startedAgent: boolean,
): BootDecision {
  switch (machine.status) {
    case "allocated":
      return intentIsOfThisEpoch
        ? { action: "deploy", machineId, plan: machine.plan }
        : { action: "local-disk", why: "no-intent" };
    case "deploying":
      // A machine that was switched on again has another boot: an old URL says nothing about the machine.
      if (startedAgent) return { action: "local-disk", why: "no-intent" };
      return { action: "local-disk", why: "rebooted", endRun: { machineId, run: machine.plan.run } };
    case "unknown":
    case "registered":
    case "discovered":
    case "ready":
    case "deployed":
    case "failed":
    case "releasing":
    case "quarantined":
    case "retired":
      return { action: "local-disk", why: "no-intent" };
  }
}
