import { type AccessRoleDefinition, builtInRoles } from "./built-in-roles.ts";
import { noRights, type Rights, rightsOf } from "./rights.ts";
import type { AccessRole } from "./role.ts";
import type { AccessRule } from "./rule.ts";
import type { PresentPrincipal } from "./state.ts";

/** Everybody and every role, as far as the log was read. */
export interface Directory {
  /** By id. */
  readonly principals: ReadonlyMap<string, PresentPrincipal>;
  /** Those that were ever defined, by name; built-in ones are not among them. */
  readonly roles: ReadonlyMap<string, AccessRole>;
}

/** What a role is now; `undefined` when there is none of this name, or none any more. */
export function roleNamed(
  { roles }: Pick<Directory, "roles">,
  name: string,
): AccessRoleDefinition | undefined {
  const role = roles.get(name);
  return builtInRoles.get(name) ?? (role?.status === "defined" ? role : undefined);
}

/** What the principal may do now. A role that is none any more gives nothing. */
export function rightsOfPrincipal(directory: Pick<Directory, "roles">, principal: PresentPrincipal): Rights {
  return principal.disabled ? noRights : rightsOf(rulesOfPrincipal(directory, principal));
}

/** The rules of all roles of a principal, enabled or not. */
export function rulesOfPrincipal(
  directory: Pick<Directory, "roles">,
  { roles }: PresentPrincipal,
): readonly AccessRule[] {
  return rulesOfRoles(directory, roles);
}

/** The rules of all roles of these names. One that is none any more has none. */
export function rulesOfRoles(
  directory: Pick<Directory, "roles">,
  names: Iterable<string>,
): readonly AccessRule[] {
  return [...names].flatMap((name) => roleNamed(directory, name)?.rules ?? []);
}

/** The keys of labels that decide, through some role, what somebody may do with a machine. */
export function selectingLabels({ roles }: Pick<Directory, "roles">): ReadonlySet<string> {
  const rules = rulesOfRoles({ roles }, roles.keys());
  return new Set(rules.flatMap(({ machines }) => Object.keys(machines ?? {})));
}
