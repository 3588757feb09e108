import type { CommandHandler } from "../handle-command.ts";
import type { AccessCommand, AccessRoleCommand } from "./commands.ts";
import type { AccessRejectionCode } from "./decide.ts";
import type { AccessPolicyRejectionCode } from "./policy.ts";
import type { AccessRole, AccessRoleRejectionCode } from "./role.ts";
import type { Principal } from "./state.ts";

/** What changes principals, their tokens and roles. */
export interface AccessHandlers {
  readonly handleAccess: CommandHandler<
    Principal,
    AccessCommand,
    AccessRejectionCode | AccessPolicyRejectionCode
  >;
  readonly handleAccessRole: CommandHandler<
    AccessRole,
    AccessRoleCommand,
    AccessRoleRejectionCode | AccessPolicyRejectionCode
  >;
}
