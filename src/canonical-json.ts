import canonicalize from "canonicalize";

/**
 * The one spelling of a JSON value (RFC 8785): what is stored, and what every digest is of.
 *
 * @throws Error for what JSON cannot say: NaN, infinity, half a surrogate pair
 */
export function canonicalJson(value: object): string {
  // The packet path spells two values for each lease, and makes them in this order: the library takes thrice as long.
  const text = isSpelledInOrder(value, depthMax) ? JSON.stringify(value) : canonicalize(value);
  if (text === undefined) throw new Error("a value without a JSON form has no canonical spelling");
  return text;
}

/** Deeper than this, a value may contain itself, which is the library's to say. */
const depthMax = 16;

/**
 * Whether `JSON.stringify` gives the canonical spelling: the value is made of plain objects whose keys are in order
 * already, arrays, whole strings, finite numbers, booleans and null. Strings and numbers are spelled as ECMAScript
 * does (RFC 8785 s. 3.2.2).
 */
function isSpelledInOrder(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case "string":
      return value.isWellFormed();
    case "number":
      return Number.isFinite(value);
    case "boolean":
      return true;
    case "object":
      if (value === null) return true;
      if (depth === 0) return false;
      return Array.isArray(value)
        ? isArrayInOrder(value, depth - 1)
        : isObjectInOrder(value as Record<string, unknown>, depth - 1);
    default:
      return false;
  }
}

function isArrayInOrder(items: readonly unknown[], depth: number): boolean {
  for (const item of items) if (!isSpelledInOrder(item, depth)) return false;
  return true;
}

/** Keys are in order by UTF-16 code units (RFC 8785 s. 3.2.3), as JavaScript compares strings. */
function isObjectInOrder(value: Readonly<Record<string, unknown>>, depth: number): boolean {
  const prototype = Object.getPrototypeOf(value);
  if ((prototype !== Object.prototype && prototype !== null) || "toJSON" in value) return false;
  let before = "";
  for (const key of Object.keys(value)) {
    if (key < before || !key.isWellFormed() || !isSpelledInOrder(value[key], depth)) return false;
    before = key;
  }
  return true;
}
