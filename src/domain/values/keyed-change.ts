import { same } from "./same.ts";

/** What changes about things that have keys: labels, params. */
export interface KeyedChange<Value> {
  readonly set: Readonly<Record<string, Value>>;
  readonly removed: readonly string[];
}

/** The things after the change. */
export function withChange<Value>(
  before: Readonly<Record<string, Value>>,
  { set, removed }: KeyedChange<Value>,
): Readonly<Record<string, Value>> {
  const kept = Object.entries(before).filter(([key]) => !removed.includes(key));
  return { ...Object.fromEntries(kept), ...set };
}

/** What of a change is news; `undefined`: nothing. What is both set and removed is set. */
export function newsOf<Value>(
  before: Readonly<Record<string, Value>>,
  { set, removed }: KeyedChange<Value>,
): KeyedChange<Value> | undefined {
  const news = Object.entries(set).filter(
    ([key, value]) => !(Object.hasOwn(before, key) && same(before[key], value)),
  );
  const gone = [...new Set(removed)].filter((key) => Object.hasOwn(before, key) && !Object.hasOwn(set, key));
  return news.length + gone.length > 0 ? { set: Object.fromEntries(news), removed: gone } : undefined;
}
