import canonicalize from "canonicalize";

/**
 * The one spelling of a JSON value (RFC 8785): what is stored, and what every digest is of.
 *
 * @throws Error for what JSON cannot say: NaN, infinity, half a surrogate pair
 */
export function canonicalJson(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error("a value without a JSON form has no canonical spelling");
  return text;
}
