import type { CommandContext, CommandResult } from "../handle-command.ts";
import { type MachineId, machineStream } from "../values/machine-id.ts";
import type { MachineName } from "../values/slug.ts";
import type { NameRejectionCode } from "./claim-name.ts";
import type { MachineRejectionCode } from "./decision.ts";
import type { MachineHandlers } from "./handlers.ts";
import { underName } from "./rename.ts";
import type { Machine } from "./state.ts";

interface Approval {
  readonly machineId: MachineId;
  /** `undefined`: the machine keeps the name that it has, if any. */
  readonly name?: MachineName | undefined;
}

/** Approves a machine, under a name that no other machine has. */
export async function approveMachine(
  handlers: MachineHandlers,
  { machineId, name }: Approval,
  context: CommandContext,
): Promise<CommandResult<Machine, MachineRejectionCode | NameRejectionCode>> {
  if (name === undefined) {
    return handlers.handleMachine(machineStream(machineId), { type: "ApproveMachine" }, context);
  }
  return underName(handlers, { machineId, command: { type: "ApproveMachine", name } }, context);
}
