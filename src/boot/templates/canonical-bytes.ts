import canonicalize from "canonicalize";

/** The one spelling of a JSON value (RFC 8785), for digests. @throws Error when the value is not JSON */
export function canonicalBytes(value: object): Buffer {
  const text = canonicalize(value);
  if (text === undefined) throw new Error("a value without a JSON form has no digest");
  return Buffer.from(text, "utf8");
}
