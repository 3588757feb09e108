import fc from "fast-check";
import { expect, test } from "vitest";
import { orderedJson } from "../../src/projections/ordered-json.ts";

test("orders the members of every object, and nothing else", () => {
  expect(orderedJson({ b: [{ z: 1, y: null }, "x"], a: { d: true, c: undefined } })).toBe(
    '{"a":{"d":true},"b":[{"y":null,"z":1},"x"]}',
  );
});

test("takes a member called __proto__ for a member", () => {
  expect(orderedJson(JSON.parse('{"z":0,"__proto__":{"b":1,"a":2}}'))).toBe(
    '{"__proto__":{"a":2,"b":1},"z":0}',
  );
});

test("gives equal values equal text, whatever built them", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = orderedJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(orderedJson(reversed(JSON.parse(text)))).toBe(text);
    }),
  );
});

/** The same value, its members in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}
