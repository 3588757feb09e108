/** One value that is another one afterwards. */
export interface ValueChange {
  /** Names and indexes with dots between them: `ranges.0.first`. */
  readonly path: string;
  /** `null`: there is none. */
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * Which values differ between two JSON values, in the order of the first, then of the second. What stands on one
 * side only is told value by value too; a value that is null and one that is missing are the same.
 */
export function changesBetween(before: unknown, after: unknown): readonly ValueChange[] {
  return differences("", before, after);
}

function differences(path: string, before: unknown, after: unknown): readonly ValueChange[] {
  if (before === after) return [];
  const [one, other] = [membersOf(before), membersOf(after)];
  const isLeaf = (one === undefined && !isNothing(before)) || (other === undefined && !isNothing(after));
  if (isLeaf || (one === undefined && other === undefined)) return leaf(path, before, after);
  const names = new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])]);
  return [...names].flatMap((name) =>
    differences(path === "" ? name : `${path}.${name}`, one?.get(name), other?.get(name)),
  );
}

function leaf(path: string, before: unknown = null, after: unknown = null): readonly ValueChange[] {
  return before === after ? [] : [{ path, before, after }];
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}

/** What a list or an object is made of; `undefined` for a value that is made of nothing. */
function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : undefined;
}
