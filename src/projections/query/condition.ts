/** A value in a condition. Times are milliseconds UTC, addresses dotted text. */
export type Scalar = string | number | boolean;

/** What a test looks at: a column of the collection, or one label of the machine. */
export type Subject = { readonly column: string } | { readonly label: string };

/** What must be true of a value. A missing value passes `exists: false` and nothing else. */
export type Test =
  | { readonly eq: Scalar }
  | { readonly in: readonly Scalar[] }
  | { readonly prefix: string }
  /** `from`: included; `below`: excluded. One of them at least. */
  | { readonly from?: Scalar; readonly below?: Scalar }
  /** An IPv4 network, `10.4.0.0/16`. */
  | { readonly within: string }
  | { readonly exists: boolean };

export type Term = Subject & Test;

/** Which rows. `not` is true where its condition is not, also for a missing value: there is no third truth value. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Term;

/** Whether a condition, or one inside it, looks at a column. */
export function looksAt(condition: Condition, column: string): boolean {
  if ("not" in condition) return looksAt(condition.not, column);
  const parts = "all" in condition ? condition.all : "any" in condition ? condition.any : undefined;
  if (parts) return parts.some((part) => looksAt(part, column));
  return "column" in condition && condition.column === column;
}
