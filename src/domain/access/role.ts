import { accept, type Decider, type Decision, reject } from "../decision.ts";
import type { StreamKind } from "../handle-command.ts";
import { same } from "../values/same.ts";
import type { AccessRoleDefinition } from "./built-in-roles.ts";
import type { AccessRoleCommand } from "./commands.ts";
import { type AccessRoleEvent, accessRoleCodec } from "./role-events.ts";
import { isMachineScope } from "./scopes.ts";

/** A role that was defined here, as opposed to one that every release has. */
export type AccessRole =
  | { readonly status: "absent" }
  | ({ readonly status: "defined" } & AccessRoleDefinition)
  | { readonly status: "withdrawn" };

/** Why a role is not defined or withdrawn. */
export type AccessRoleRejectionCode =
  /** No role has this name. */
  | "ACCESS_ROLE_UNKNOWN"
  /** The role was withdrawn. */
  | "ACCESS_ROLE_WITHDRAWN"
  /** A rule is limited to some machines and holds a scope that is not about machines. */
  | "ACCESS_RULE_INVALID";

export const absentRole: AccessRole = { status: "absent" };

const accessRoleDecider: Decider<AccessRole, AccessRoleCommand, AccessRoleEvent, AccessRoleRejectionCode> = {
  initial: absentRole,
  decide(command, role) {
    if (role.status === "withdrawn") {
      // The name once meant something: whoever reads the log must not mix the two up.
      if (command.type === "WithdrawAccessRole") return accept();
      return reject("ACCESS_ROLE_WITHDRAWN", "the role was withdrawn: define one of another name");
    }
    switch (command.type) {
      case "DefineAccessRole":
        return defineRole(command, role);
      case "WithdrawAccessRole":
        if (role.status === "defined") return accept({ type: "AccessRoleWithdrawn", data: {} });
        return reject("ACCESS_ROLE_UNKNOWN", "no role of this name was defined: look up its name");
    }
  },
  evolve(_role, event) {
    switch (event.type) {
      case "AccessRoleDefined":
        return { status: "defined", ...event.data };
      case "AccessRoleWithdrawn":
        return { status: "withdrawn" };
    }
  },
};

/** Streams `accessrole-<name>`. */
export const accessRoleKind: StreamKind<
  AccessRole,
  AccessRoleCommand,
  AccessRoleEvent,
  AccessRoleRejectionCode
> = { decider: accessRoleDecider, codec: accessRoleCodec, newestIsState: true };

function defineRole(
  { description, rules }: Extract<AccessRoleCommand, { type: "DefineAccessRole" }>,
  role: Exclude<AccessRole, { status: "withdrawn" }>,
): Decision<AccessRoleEvent, AccessRoleRejectionCode> {
  for (const { scopes, machines } of rules) {
    const scope = machines && scopes.find((given) => !isMachineScope(given));
    if (!scope) continue;
    const message = `${scope} is not about machines: put it into a rule without a selector`;
    return reject("ACCESS_RULE_INVALID", message);
  }
  const definition = { description, rules };
  if (role.status === "defined" && same(definition, { description: role.description, rules: role.rules })) {
    return accept();
  }
  return accept({ type: "AccessRoleDefined", data: definition });
}
