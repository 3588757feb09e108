import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../src/canonical-json.ts";

/** As deep in itself as an object can be put: each level's keys in order. */
function inOrder(value: unknown): unknown {
  return value === undefined ? value : JSON.parse(canonicalize(value) ?? "null");
}

const container = fc.oneof(fc.object({ maxDepth: 4 }), fc.array(fc.jsonValue()));

describe("the canonical spelling of JSON (RFC 8785)", () => {
  test("is the library's, whatever the order of the keys", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const object = { value };
        expect(canonicalJson(object)).toBe(canonicalize(object));
        expect(canonicalJson(inOrder(object) as object)).toBe(canonicalize(object));
      }),
    );
  });

  test("is the library's for what JSON says in another way, or not at all", () => {
    fc.assert(
      fc.property(container, (value) => {
        const attempt = (spell: (value: object) => string | undefined) => {
          try {
            return spell(value);
          } catch {
            return "refused";
          }
        };
        expect(attempt(canonicalJson)).toBe(attempt(canonicalize));
      }),
    );
  });

  test.each([
    ["keys that look like numbers", { "10": 1, "9": 2 }, '{"10":1,"9":2}'],
    ["keys beyond the basic plane", { "\u{1f600}": 1, "\ufb33": 2 }, '{"\u{1f600}":1,"\ufb33":2}'],
    ["minus zero and exponents", { a: -0, b: 1e21, c: 1e-7 }, '{"a":0,"b":1e+21,"c":1e-7}'],
    ["a date", { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ["what is left out", { a: undefined, b: [undefined] }, '{"b":[null]}'],
  ])("%s", (_what, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test.each([
    ["not a number", { a: Number.NaN }],
    ["infinity", { a: Number.POSITIVE_INFINITY }],
    ["half a surrogate pair", { a: "\ud800" }],
    ["half a surrogate pair in a key", { "\udc00": 1 }],
    ["a large integer of its own type", { a: 1n }],
  ])("%s is refused", (_what, value) => {
    expect(() => canonicalJson(value)).toThrow();
  });

  test("a value that contains itself is refused", () => {
    const value: Record<string, unknown> = {};
    value["self"] = value;
    expect(() => canonicalJson(value)).toThrow();
  });
});
