/**
 * A JSON value as text in which equal values are equal, whatever built them: the members of an object come in
 * the order of their names (as in RFC 8785, but for names that are whole numbers, which come first), without
 * blanks and without members that are `undefined`.
 */
export function orderedJson(value: unknown): string {
  return JSON.stringify(inOrder(value));
}

/** The value itself where it is in order already, as everything is that came out of the log: most of a row. */
function inOrder(value: unknown): unknown {
  if (isInOrder(value)) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const members = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.keys(members)
      .sort()
      .map((name) => [name, inOrder(members[name])]),
  );
}

function isInOrder(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every(isInOrder);
  const members = value as Readonly<Record<string, unknown>>;
  let previous = "";
  for (const name in members) {
    if (name < previous || !isInOrder(members[name])) return false;
    previous = name;
  }
  return true;
}
