import type { EventOf } from "../event.ts";
import type { RunId } from "../values/run-id.ts";
import type { DeploymentFailureCode, DeploymentPlan } from "./deployment.ts";
import type { BootIntentExpired, MachineEvent } from "./events.ts";
import type { ActiveMachine } from "./state.ts";

/** Why a run is over without having reached its end. */
export interface Failure {
  readonly code: DeploymentFailureCode;
  readonly message: string;
}

type ExpiryReason = EventOf<typeof BootIntentExpired>["data"]["reason"];

/** What may end a run whose agent has not reported. Everything else takes an agent that did. */
const expiryReasons: Partial<Record<DeploymentFailureCode, ExpiryReason>> = {
  INTENT_NEVER_CONSUMED: "served-too-often",
  ABANDONED_AFTER_RESTORE: "restored",
  MACHINE_RETIRED: "machine-retired",
  MACHINE_QUARANTINED: "machine-quarantined",
  INTENT_WITHDRAWN: "withdrawn",
  RUN_SILENT: "run-silent",
};

/** A run that the agent had started is over. */
export function failedRun(run: RunId, { code, message }: Failure): readonly MachineEvent[] {
  const failed: MachineEvent = { type: "DeploymentFailed", data: { run, code, message } };
  // Somebody else may have the machine: nothing may be asked of it until a person looked.
  return code === "SECOND_CONSUMER" ? [failed, { type: "MachineQuarantined", data: { message } }] : [failed];
}

/** A run is over before its agent reported; empty when the failure cannot happen that early. */
export function endIntent({ run }: DeploymentPlan, failure: Failure): readonly MachineEvent[] {
  const reason = expiryReasons[failure.code];
  if (reason === undefined) return [];
  return [{ type: "BootIntentExpired", data: { run, reason } }, ...failedRun(run, failure)];
}

/** The machine's discovery intent ends, for what would fail a run; empty without one, and for what cannot end it. */
export function endDiscovery(
  { discoveryIntent }: Pick<ActiveMachine, "discoveryIntent">,
  code: DeploymentFailureCode,
): readonly MachineEvent[] {
  const reason = expiryReasons[code];
  if (!discoveryIntent || reason === undefined) return [];
  return [{ type: "DiscoveryIntentExpired", data: { run: discoveryIntent.run, reason } }];
}
