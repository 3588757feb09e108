import type { CommandContext, CommandResult } from "../handle-command.ts";
import { type MachineId, machineStream } from "../values/machine-id.ts";
import type { MachineRejectionCode } from "./decision.ts";
import type { MachineHandlers } from "./handlers.ts";
import { type ReleaseRefusal, releaseClaims } from "./release-claims.ts";
import type { Machine } from "./state.ts";

type RetirementResult = CommandResult<Machine, MachineRejectionCode> & {
  /** Claims that are still held. Retiring the machine once more releases them. */
  readonly stillClaimed: readonly ReleaseRefusal[];
};

/**
 * Retires a machine, then frees what it claimed. A crash in between leaves claims of a machine that is gone;
 * the same call completes it, which for a retired machine records nothing else.
 */
export async function retireMachine(
  { handleClaim, handleMachine }: MachineHandlers,
  machineId: MachineId,
  context: CommandContext,
): Promise<RetirementResult> {
  const result = await handleMachine(machineStream(machineId), { type: "RetireMachine" }, context);
  if (result.outcome === "rejected" || result.state.status !== "retired") {
    return { ...result, stillClaimed: [] };
  }
  const { meta } = context;
  const stillClaimed = await releaseClaims({ handleClaim }, { machineId, machine: result.state }, meta);
  return { ...result, stillClaimed };
}
