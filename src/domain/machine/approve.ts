import { nameClaimStream } from "../claim/events.ts";
import { reject } from "../decision.ts";
import type { CommandContext, CommandResult } from "../handle-command.ts";
import { type MachineId, machineStream } from "../values/machine-id.ts";
import type { MachineName } from "../values/slug.ts";
import type { MachineRejectionCode } from "./decision.ts";
import type { MachineHandlers } from "./handlers.ts";
import type { Machine } from "./state.ts";

/** Why a machine is not approved. */
type ApprovalRejectionCode =
  | MachineRejectionCode
  /** Another machine has the name, or had it and is still in service. */
  | "NAME_TAKEN";

interface Approval {
  readonly machineId: MachineId;
  /** `undefined`: the machine keeps the name that it has, if any. */
  readonly name?: MachineName | undefined;
}

/**
 * Approves a machine, under a name that no other machine has.
 *
 * The name is claimed first; the claim goes again when the approval is refused. A name that the machine had
 * before stays claimed until the machine is retired, so that an old name never comes to mean another machine.
 */
export async function approveMachine(
  { handleClaim, handleMachine }: MachineHandlers,
  { machineId, name }: Approval,
  context: CommandContext,
): Promise<CommandResult<Machine, ApprovalRejectionCode>> {
  const stream = machineStream(machineId);
  if (name === undefined) return handleMachine(stream, { type: "ApproveMachine" }, context);

  // Without `repeatable` and `expectedRevision`: both are about the machine. Claiming twice is claiming once.
  const { meta } = context;
  const claim = await handleClaim(nameClaimStream(name), { type: "Claim", machineId }, { meta });
  if (claim.outcome === "rejected") {
    const { rejection } = claim;
    if (rejection.code !== "CLAIM_HELD") return reject(rejection.code, rejection.message);
    return reject("NAME_TAKEN", `the name ${name} is taken: ${rejection.message}`);
  }

  const approval = await handleMachine(stream, { type: "ApproveMachine", name }, context);
  // Only what this call claimed: an older claim may be the one that the machine's name rests on.
  if (approval.outcome === "rejected" && claim.eventIds.length > 0) {
    await handleClaim(nameClaimStream(name), { type: "Release", machineId }, { meta });
  }
  return approval;
}
