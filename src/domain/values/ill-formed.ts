/** What is said of a text that `illFormedAt` finds. */
export const illFormedMessage = "has half of a surrogate pair: send text that is Unicode";

/**
 * Where a value holds text with half of a surrogate pair, which JSON can spell (`"\ud800"`) and UTF-8, and so the
 * log, cannot: a path, such as `disks.0.model`. `undefined`: nowhere. Names of members are not looked at.
 *
 * For values that were parsed by a schema: it goes as deep as they are.
 */
export function illFormedAt(value: unknown): string | undefined {
  return pathIn(value)?.join(".");
}

function pathIn(value: unknown): readonly string[] | undefined {
  if (typeof value === "string") return value.isWellFormed() ? undefined : [];
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const path = pathIn(member);
    if (path) return [name, ...path];
  }
  return undefined;
}
