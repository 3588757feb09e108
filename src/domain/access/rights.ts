import type { Labels } from "../values/label.ts";
import { type AccessRule, isWithin, type LabelSelector, selects } from "./rule.ts";
import { isMachineScope, type Scope, scopes } from "./scopes.ts";

/** Where a scope holds: everywhere, nowhere, or on the machines that one of these selectors means. */
type Reach = "all" | "none" | readonly LabelSelector[];

/** What a principal may do. Pure, and of one moment: ask for it again when access changed. */
export interface Rights {
  /** The scopes that hold somewhere, in the order of the reference. */
  readonly scopes: readonly Scope[];
  /** Whether the scope holds somewhere: on some machines at least. */
  may(scope: Scope): boolean;
  /** Where the scope holds. Selectors are alternatives, never an empty list. */
  selectorsOf(scope: Scope): Reach;
  /** Whether the scope holds on a machine with these labels. */
  mayOnMachine(scope: Scope, labels: Labels): boolean;
}

/** The rights that rules give together: each adds, none takes away. */
export function rightsOf(rules: readonly AccessRule[]): Rights {
  const reaches = Object.fromEntries(scopes.map((scope) => [scope, reachOf(scope, rules)]));
  const selectorsOf = (scope: Scope) => (reaches as Readonly<Record<Scope, Reach>>)[scope];
  return {
    scopes: scopes.filter((scope) => selectorsOf(scope) !== "none"),
    may: (scope) => selectorsOf(scope) !== "none",
    selectorsOf,
    mayOnMachine: (scope, labels) => holdsOn(selectorsOf(scope), labels),
  };
}

/** Of whoever has no role, and of a disabled principal. */
export const noRights: Rights = rightsOf([]);

/** The first scope that the rules would give beyond what `holder` has; `undefined` when they give nothing more. */
export function scopeBeyond(holder: Rights, rules: readonly AccessRule[]): Scope | undefined {
  for (const { scopes: given, machines } of rules) {
    const beyond = given.find((scope) => !covers(holder.selectorsOf(scope), machines));
    if (beyond !== undefined) return beyond;
  }
  return undefined;
}

function reachOf(scope: Scope, rules: readonly AccessRule[]): Reach {
  const limits = rules.filter((rule) => rule.scopes.includes(scope)).map(({ machines }) => machines);
  if (limits.includes(null)) return "all";
  // A rule that is limited to machines gives nothing about what is no machine's.
  const selectors = isMachineScope(scope) ? limits.filter((limit) => limit !== null) : [];
  return selectors.length === 0 ? "none" : selectors;
}

function holdsOn(reach: Reach, labels: Labels): boolean {
  if (typeof reach === "string") return reach === "all";
  return reach.some((selector) => selects(selector, labels));
}

function covers(reach: Reach, machines: LabelSelector | null): boolean {
  if (typeof reach === "string") return reach === "all";
  return machines !== null && reach.some((wide) => isWithin(machines, wide));
}
