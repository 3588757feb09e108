import { nameClaimStream } from "../claim/events.ts";
import type { CommandContext, CommandResult } from "../handle-command.ts";
import { type MachineId, machineStream } from "../values/machine-id.ts";
import type { MachineName } from "../values/slug.ts";
import { claimName, type NameRejectionCode } from "./claim-name.ts";
import type { MachineCommand } from "./commands.ts";
import type { MachineRejectionCode } from "./decision.ts";
import type { MachineHandlers } from "./handlers.ts";
import { releaseUnused } from "./release-claims.ts";
import type { Machine } from "./state.ts";

interface Renaming {
  readonly machineId: MachineId;
  readonly name: MachineName;
}

/** Gives a machine a name that no other machine has. */
export async function renameMachine(
  handlers: MachineHandlers,
  { machineId, name }: Renaming,
  context: CommandContext,
): Promise<CommandResult<Machine, MachineRejectionCode | NameRejectionCode>> {
  return underName(handlers, { machineId, command: { type: "RenameMachine", name } }, context);
}

interface NamingCommand {
  readonly machineId: MachineId;
  readonly command: MachineCommand & { readonly name: MachineName };
}

/**
 * Sends a command that gives a machine a name. The name is claimed first; the claim goes again when the machine does
 * not come to have the name. A name that the machine had before stays claimed until the machine is retired, so that an old name
 * never comes to mean another machine.
 */
export async function underName(
  { handleClaim, handleMachine }: MachineHandlers,
  { machineId, command }: NamingCommand,
  context: CommandContext,
): Promise<CommandResult<Machine, MachineRejectionCode | NameRejectionCode>> {
  // Without `repeatable` and `expectedRevision`: both are about the machine. Claiming twice is claiming once.
  const { meta } = context;
  const { name } = command;
  const claim = await claimName({ handleClaim }, { machineId, name }, meta);
  if (claim.outcome === "rejected") return claim;
  const result = await handleMachine(machineStream(machineId), command, context);
  const claimed = claim.isNew ? [nameClaimStream(name)] : [];
  await releaseUnused({ handleClaim }, { machineId, machine: result.state, claimed }, meta);
  return result;
}
