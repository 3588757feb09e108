import type { ClaimCommand } from "../claim/commands.ts";
import type { Claim, ClaimRejectionCode } from "../claim/decide.ts";
import type { CommandHandler } from "../handle-command.ts";
import type { MachineCommand } from "./commands.ts";
import type { MachineRejectionCode } from "./decision.ts";
import type { Machine } from "./state.ts";

/** What it takes to change a machine together with the claims that make it the only one of its kind. */
export interface MachineHandlers {
  readonly handleClaim: CommandHandler<Claim, ClaimCommand, ClaimRejectionCode>;
  readonly handleMachine: CommandHandler<Machine, MachineCommand, MachineRejectionCode>;
}
