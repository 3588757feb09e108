import type { Condition, Term, Test } from "./condition.ts";

/**
 * A condition as the engine works on it: `not` stands at terms only, `eq` is a list of one, lists in lists are
 * flat, nothing is asked not to exist, and a part that is always true or never is gone.
 */
export type Normal = boolean | NormalTerm | NormalGroup;

export interface NormalTerm {
  readonly term: Term;
  readonly negated: boolean;
}

export interface NormalGroup {
  readonly group: "all" | "any";
  readonly of: readonly (NormalTerm | NormalGroup)[];
}

/** The same condition in normal form. `undefined`: every row. */
export function normalForm(condition: Condition | undefined, negated = false): Normal {
  if (condition === undefined) return !negated;
  if ("not" in condition) return normalForm(condition.not, !negated);
  if ("all" in condition) return grouped(negated ? "any" : "all", condition.all, negated);
  if ("any" in condition) return grouped(negated ? "all" : "any", condition.any, negated);
  if ("exists" in condition && !condition.exists) {
    return { term: { ...subjectOf(condition), exists: true }, negated: !negated };
  }
  const term = "eq" in condition ? { ...subjectOf(condition), in: [condition.eq] } : deduplicated(condition);
  return "in" in term && term.in.length === 0 ? negated : { term, negated };
}

/** The parts that must all hold; `[]` for a condition that always holds or never. */
export function conjunctsOf(normal: Normal): readonly (NormalTerm | NormalGroup)[] {
  if (typeof normal === "boolean") return [];
  return "group" in normal && normal.group === "all" ? normal.of : [normal];
}

/** What a term looks at, without its test. */
function subjectOf(term: Term): { readonly column: string } | { readonly label: string } {
  return "column" in term ? { column: term.column } : { label: term.label };
}

function deduplicated(term: Term): Term {
  const test: Test = term;
  return "in" in test ? { ...subjectOf(term), in: [...new Set(test.in)] } : term;
}

function grouped(group: "all" | "any", conditions: readonly Condition[], negated: boolean): Normal {
  // What decides the whole group: one false among `all`, one true among `any`.
  const deciding = group === "any";
  const of: (NormalTerm | NormalGroup)[] = [];
  for (const condition of conditions) {
    const part = normalForm(condition, negated);
    if (part === deciding) return deciding;
    if (typeof part === "boolean") continue;
    if ("group" in part && part.group === group) of.push(...part.of);
    else of.push(part);
  }
  const [only, ...others] = of;
  if (!only) return !deciding;
  return others.length === 0 ? only : { group, of };
}
