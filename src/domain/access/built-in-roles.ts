import { AccessRoleName } from "../values/slug.ts";
import type { AccessRule } from "./rule.ts";
import { type Scope, scopes } from "./scopes.ts";

/** What an access role is: for people, and as rules. */
export interface AccessRoleDefinition {
  readonly description: string;
  readonly rules: readonly AccessRule[];
}

const readScopes = scopes.filter((scope) => scope.endsWith(":read"));
/** Whoever has the log as a whole has what is in it about access. */
const isAboutAccess = (scope: Scope) => scope.startsWith("access:") || scope === "log:read";
const viewerScopes = readScopes.filter((scope) => !isAboutAccess(scope) && scope !== "metrics:read");
const operatorScopes: readonly Scope[] = scopes.filter((scope) => !isAboutAccess(scope));

/** The roles that every release has. Nobody can change or withdraw them. */
export const builtInRoles: ReadonlyMap<string, AccessRoleDefinition> = new Map([
  ["viewer", everywhere("Sees everything but access and the metrics.", viewerScopes)],
  ["operator", everywhere("Sees and does everything but what is about access.", operatorScopes)],
  ["auditor", everywhere("Sees everything, changes nothing.", readScopes)],
  ["admin", everywhere("Sees and does everything.", scopes)],
]);

/** The role that the first principal gets. */
export const adminRole = AccessRoleName.parse("admin");

function everywhere(description: string, given: readonly Scope[]): AccessRoleDefinition {
  return { description, rules: [{ scopes: [...given], machines: null }] };
}
