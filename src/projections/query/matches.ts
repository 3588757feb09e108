import { cidrContains, Ipv4, Ipv4Cidr } from "../../domain/values/ipv4.ts";
import type { Condition, Scalar, Test } from "./condition.ts";

/** A row as conditions see it. */
export interface Facts {
  /** A column that is left out, or `null`, has no value. */
  readonly values: Readonly<Record<string, Scalar | null | readonly Scalar[]>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Whether a row meets a condition, in the plainest words: what the engine finds is held against this. */
export function matches(facts: Facts, condition: Condition | undefined): boolean {
  if (condition === undefined) return true;
  if ("all" in condition) return condition.all.every((part) => matches(facts, part));
  if ("any" in condition) return condition.any.some((part) => matches(facts, part));
  if ("not" in condition) return !matches(facts, condition.not);
  const values = "label" in condition ? labelOf(facts, condition.label) : valuesOf(facts, condition.column);
  if ("exists" in condition) return condition.exists === values.length > 0;
  return values.some((value) => passes(value, condition));
}

function labelOf({ labels = {} }: Facts, key: string): readonly string[] {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  return value === undefined ? [] : [value];
}

function valuesOf({ values }: Facts, column: string): readonly Scalar[] {
  const value = values[column] ?? [];
  return typeof value === "object" ? value : [value];
}

function passes(value: Scalar, test: Test): boolean {
  if ("eq" in test) return value === test.eq;
  if ("in" in test) return test.in.includes(value);
  if ("prefix" in test) return String(value).startsWith(test.prefix);
  if ("within" in test) return cidrContains(Ipv4Cidr.parse(test.within), Ipv4.parse(value));
  const { from, below } = test as { readonly from?: Scalar; readonly below?: Scalar };
  return (from === undefined || value >= from) && (below === undefined || value < below);
}
