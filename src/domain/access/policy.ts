import { type Refusal, reject } from "../decision.ts";
import { adminRole, builtInRoles } from "./built-in-roles.ts";
import { type AccessCommand, type AccessRoleCommand, looksAlike } from "./commands.ts";
import { accessKind } from "./decide.ts";
import { type Directory, rightsOfPrincipal, roleNamed, rulesOfPrincipal, rulesOfRoles } from "./directory.ts";
import { type Rights, scopeBeyond } from "./rights.ts";
import { absentRole, accessRoleKind } from "./role.ts";
import type { AccessRule } from "./rule.ts";
import { absentPrincipal } from "./state.ts";

/** Why a change of access is refused that its own stream would allow. */
export type AccessPolicyRejectionCode =
  /** Nobody would be left who may do everything, or who may manage access. */
  | "LAST_ADMIN"
  /** It would give more than the one who asks has. */
  | "ESCALATION_REFUSED"
  /** Another principal has the name. */
  | "PRINCIPAL_NAME_TAKEN"
  /** No role has this name. */
  | "ACCESS_ROLE_UNKNOWN"
  /** Every release has the role, so nobody changes it. */
  | "ACCESS_ROLE_BUILT_IN";

/** A command with the principal or the role that it is about. */
export type AccessChange =
  | { readonly principalId: string; readonly command: AccessCommand }
  | { readonly role: string; readonly command: AccessRoleCommand };

/** Somebody whom nobody can be without. */
interface Keeper {
  readonly what: string;
  readonly may: (rights: Rights) => boolean;
}

const everything = rulesOfRoles({ roles: new Map() }, [adminRole]);

/** Nobody gives more than they have: a scope that nobody has everywhere could never be given again. */
const keepers: readonly Keeper[] = [
  { what: "do everything", may: (rights) => scopeBeyond(rights, everything) === undefined },
  { what: "access:manage", may: (rights) => rights.may("access:manage") },
];

type PolicyRefusal = Refusal<AccessPolicyRejectionCode> | undefined;

/**
 * Why a change of access is refused for what is true of everybody together; `undefined`: for no such reason.
 *
 * `asking`: the rights of whoever asks; `"system"`: the service itself, which may give everything.
 */
export function policyRefusal(
  directory: Directory,
  change: AccessChange,
  asking: Rights | "system",
): PolicyRefusal {
  return (
    nameRefusal(directory, change) ??
    (asking === "system" ? undefined : escalationRefusal(directory, change, asking)) ??
    lastAdminRefusal(directory, change)
  );
}

function nameRefusal(directory: Directory, change: AccessChange): PolicyRefusal {
  if ("role" in change) {
    if (!builtInRoles.has(change.role)) return undefined;
    return reject("ACCESS_ROLE_BUILT_IN", `every release has the role ${change.role}: choose another name`);
  }
  const { principalId, command } = change;
  if (command.type === "AddPrincipal") {
    const holder = [...directory.principals].find(([, { name }]) => looksAlike(name, command.name))?.[0];
    if (holder === undefined || holder === principalId) return undefined;
    return reject(
      "PRINCIPAL_NAME_TAKEN",
      `principal ${holder} has the name ${command.name}, or one that looks like it: add another word`,
    );
  }
  const unknown = rolesGiven(command).find((role) => !roleNamed(directory, role));
  if (unknown === undefined) return undefined;
  return reject("ACCESS_ROLE_UNKNOWN", `there is no role ${unknown}: look up accessRoles`);
}

/** Otherwise whoever manages access has everything, by a token of somebody else if not by a role. */
function escalationRefusal(directory: Directory, change: AccessChange, asking: Rights): PolicyRefusal {
  const scope = scopeBeyond(asking, rulesGiven(directory, change));
  if (scope === undefined) return undefined;
  const message = `it would give ${scope} further than you have it: ask somebody who has`;
  return reject("ESCALATION_REFUSED", message);
}

function lastAdminRefusal(directory: Directory, change: AccessChange): PolicyRefusal {
  const afterwards = after(directory, change);
  const isMissed = ({ may }: Keeper) => hasOne(directory, may) && !hasOne(afterwards, may);
  const missed = keepers.find(isMissed);
  if (!missed) return undefined;
  return reject(
    "LAST_ADMIN",
    `nobody would be left who may ${missed.what}: give that to somebody else first`,
  );
}

/** What a command lets somebody do, new or again. */
function rulesGiven(directory: Directory, change: AccessChange): readonly AccessRule[] {
  if ("role" in change) return change.command.type === "DefineAccessRole" ? change.command.rules : [];
  const { principalId, command } = change;
  if (command.type === "IssueToken" || command.type === "EnablePrincipal") {
    const principal = directory.principals.get(principalId);
    return principal ? rulesOfPrincipal(directory, principal) : [];
  }
  return rulesOfRoles(directory, rolesGiven(command));
}

function rolesGiven(command: AccessCommand): readonly string[] {
  if (command.type === "GrantAccessRole") return [command.role];
  return command.type === "SetAccessRoles" ? command.roles : [];
}

function hasOne(directory: Directory, may: Keeper["may"]): boolean {
  return [...directory.principals.values()].some((principal) => may(rightsOfPrincipal(directory, principal)));
}

/** Everybody after the change; the same as before where the one whom it is about refuses it. */
function after(directory: Directory, change: AccessChange): Directory {
  if ("role" in change) {
    const { decider } = accessRoleKind;
    const role = directory.roles.get(change.role) ?? absentRole;
    const decision = decider.decide(change.command, role);
    if (decision.outcome === "rejected") return directory;
    const changed = decision.events.reduce(decider.evolve, role);
    return { ...directory, roles: new Map(directory.roles).set(change.role, changed) };
  }
  const { decider } = accessKind;
  const principal = directory.principals.get(change.principalId) ?? absentPrincipal;
  const decision = decider.decide(change.command, principal);
  const events = decision.outcome === "rejected" ? [] : decision.events;
  const changed = events.reduce(decider.evolve, principal);
  if (changed.status === "absent") return directory;
  return { ...directory, principals: new Map(directory.principals).set(change.principalId, changed) };
}
