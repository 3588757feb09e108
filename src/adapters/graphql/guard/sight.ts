import type { Rights } from "../../../domain/access/rights.ts";
import type { LabelSelector } from "../../../domain/access/rule.ts";
import type { Scope } from "../../../domain/access/scopes.ts";
import type { RecordedEvent } from "../../../domain/ports/event-store.ts";
import { categoryOf } from "../../../domain/values/category.ts";
import { MachineId } from "../../../domain/values/machine-id.ts";
import type { Condition } from "../../../projections/query/condition.ts";
import { machineChangeScopes } from "./command-scopes.ts";
import { needOneOf } from "./forbidden.ts";
import type { Owners } from "./owners.ts";

/**
 * By which scopes each kind of thing is seen: any of them will do. Whoever may change a thing, or names it in a
 * change, sees it.
 */
const seeScopes = {
  machines: ["machines:read", ...machineChangeScopes],
  leases: ["leases:read", "network:edit"],
  network: ["network:read", "network:edit"],
  environments: ["environments:read", "environments:publish", "machines:deploy"],
  runs: ["runs:read", "machines:deploy"],
  events: ["events:read"],
  access: ["access:read", "access:manage"],
  log: ["log:read"],
  service: ["service:read", "service:operate"],
  operate: ["service:operate"],
} as const satisfies Readonly<Record<string, readonly Scope[]>>;

/** A kind of thing that is seen. */
export type Kind = keyof typeof seeScopes;

/** What is seen of machines and what belongs to them, so maybe of some machines only. */
export type Seen = Extract<Kind, "machines" | "leases" | "runs" | "events">;

/** Streams about who may do what: whoever sees events sees these only with access:read besides. */
const accessCategories: readonly string[] = ["access", "accessrole", "login"];

/** What one caller sees. */
export interface Sight {
  /** Where things of a kind are seen. Selectors are alternatives, never an empty list. */
  reach(seen: Seen): ReturnType<Rights["selectorsOf"]>;
  /** Whether something of one of the kinds is seen. */
  has(...kinds: readonly Kind[]): boolean;
  /** @throws GraphQLError `FORBIDDEN` when nothing of one of the kinds is seen */
  need(...kinds: readonly Kind[]): void;
  /** Whether what belongs to this machine is seen; to none, when the id is missing. */
  sees(seen: Seen, machineId: string | null | undefined): boolean;
  /** Whether an event is seen, as far as the views show whose it is. */
  seesEvent(event: Pick<RecordedEvent, "stream" | "position">): boolean;
}

/** What somebody with these rights sees. `owners`: of everything, seen or not. */
export function sightOf(rights: () => Rights, owners: Owners): Sight {
  function reach(seen: Seen) {
    const reaches = seeScopes[seen].map((scope) => rights().selectorsOf(scope));
    if (reaches.includes("all")) return "all";
    const selectors = reaches.flatMap((each) => (typeof each === "string" ? [] : each));
    return selectors.length === 0 ? "none" : selectors;
  }

  function sees(seen: Seen, machineId: string | null | undefined): boolean {
    const where = reach(seen);
    if (typeof where === "string") return where === "all";
    const id = MachineId.safeParse(machineId).data;
    const labels = id && owners.labelsOf(id);
    return labels !== undefined && seeScopes[seen].some((scope) => rights().mayOnMachine(scope, labels));
  }

  const scopesOf = (kinds: readonly Kind[]): readonly Scope[] => kinds.flatMap((kind) => seeScopes[kind]);

  return {
    reach,
    has: (...kinds) => scopesOf(kinds).some((scope) => rights().may(scope)),
    need: (...kinds) => needOneOf(rights(), scopesOf(kinds)),
    sees,
    seesEvent({ stream, position }) {
      if (accessCategories.includes(categoryOf(stream)) && !rights().may("access:read")) return false;
      return reach("events") === "all" || sees("events", owners.ofEvent(position));
    },
  };
}

/** That a machine is one of those that the selectors mean. One label with many values is one term. */
export function reachCondition(selectors: readonly LabelSelector[]): Condition {
  const values = new Map<string, string[]>();
  const any: Condition[] = [];
  for (const selector of selectors) {
    const terms = Object.entries(selector);
    const [[key, value] = ["", null], ...others] = terms;
    if (value !== null && others.length === 0) values.set(key, [...(values.get(key) ?? []), value]);
    else any.push({ all: terms.map(labelTerm) });
  }
  return { any: [...any, ...[...values].map(([label, alternatives]) => ({ label, in: alternatives }))] };
}

function labelTerm([label, value]: [string, string | null]): Condition {
  return value === null ? { label, exists: true } : { label, eq: value };
}

/** Which events somebody sees, as a condition on the index of events; `undefined`: all. */
export function eventsCondition({ reach }: Sight, rights: Rights): Condition | undefined {
  const where = reach("events");
  const ofMachines = typeof where === "string" ? undefined : reachCondition(where);
  if (ofMachines || rights.may("access:read")) return ofMachines;
  return { not: { column: "category", in: accessCategories } };
}
