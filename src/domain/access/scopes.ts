import { z } from "zod";

/** What each scope lets its holder do: `<kind>:<action>`. The list is closed, and part of the API. */
export const scopeMeanings = {
  "machines:read": "see machines, their interfaces, and their past",
  "machines:edit": "register, import, rename and label machines, and set their parameters",
  "machines:approve": "approve, lock, unlock and quarantine machines",
  "machines:deploy": "deploy and release machines, and set or withdraw what they boot",
  "machines:retire": "retire machines",
  "leases:read": "see leases and reservations, and whose they are",
  "network:read": "see subnets and how full they are",
  "network:edit": "define, change and retire subnets; reserve addresses",
  "environments:read": "see boot environments",
  "environments:publish": "publish boot environments",
  "runs:read": "see runs and how far they are",
  "events:read": "see events, and follow them as they come",
  "log:read":
    "verify all of the log, and export it: with every event, whosever it is, those about access too",
  "access:read": "see principals, tokens, access roles, and the events about them",
  "access:manage": "add and disable principals, issue and revoke tokens, define and grant access roles",
  "service:read": "see how the service is doing",
  "service:operate": "start an effects epoch, confirm the clock, rebuild views",
  "metrics:read": "read the metrics",
} as const;

/** One thing that a principal may do. */
export type Scope = keyof typeof scopeMeanings;

/** Every scope, in the order of the reference. */
export const scopes = Object.keys(scopeMeanings) as readonly Scope[];

export const ScopeName = z.enum(scopes);

/** Scopes about machines and what belongs to them: the only ones that a label selector can limit. */
const machineScopes: ReadonlySet<Scope> = new Set<Scope>([
  "machines:read",
  "machines:edit",
  "machines:approve",
  "machines:deploy",
  "machines:retire",
  "leases:read",
  "runs:read",
  "events:read",
]);

/** Whether a rule that is limited to some machines can hold the scope. */
export function isMachineScope(scope: Scope): boolean {
  return machineScopes.has(scope);
}
