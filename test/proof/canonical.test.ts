import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../src/canonical-json.ts";
import { canonicalMembers, isCanonicalObject } from "../../src/proof/canonical.ts";
import vectors from "../fixtures/event-hash.json" with { type: "json" };

const objects = fc.dictionary(
  fc.string({ unit: "binary" }),
  fc.jsonValue({ stringUnit: "binary", maxDepth: 4 }),
);

describe("telling canonical JSON", () => {
  test.each(vectors.chains)("takes the texts of the published vectors: $name", ({ events }) => {
    for (const { canonicalData, canonicalMeta } of events) {
      expect(isCanonicalObject(canonicalData)).toBe(true);
      expect(isCanonicalObject(canonicalMeta)).toBe(true);
    }
  });

  test("takes whatever the service writes", () => {
    fc.assert(fc.property(objects, (value) => isCanonicalObject(canonicalJson(value))));
  });

  test("agrees with reading and writing again, on every text that is nearly canonical", () => {
    const edits = fc.record({
      value: objects,
      at: fc.nat(),
      removed: fc.nat(3),
      put: fc.oneof(
        fc.string({ maxLength: 3 }),
        fc.constantFrom(...' \t\r\n"\\{}[],:0123456789-+.eEuntf/\u007f\u2028\ud800\udc00'.split("")),
        fc.constantFrom("\\u000a", "\\u0001", "\\u001f", "\\u00ff", "\\/", "\\n", "1e21", "-0", "1.0", "1E5"),
        fc.constantFrom(
          "NaN",
          "Infinity",
          "-Infinity",
          "0x1",
          "null",
          "true",
          "1e400",
          "01",
          "123456789012345678",
        ),
      ),
    });
    fc.assert(
      fc.property(edits, ({ value, at, removed, put }) => {
        const text = canonicalJson(value);
        const from = at % (text.length + 1);
        const edited = text.slice(0, from) + put + text.slice(from + removed);
        expect(isCanonicalObject(edited)).toBe(isTheSameAgain(edited));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("telling what is not canonical JSON", () => {
  test.each([
    "",
    "{",
    "}",
    "[]",
    "null",
    '"{}"',
    " {}",
    "{} ",
    "{}{}",
    '{"b":1,"a":2}',
    '{"a":1,"a":1}',
    '{"a":1,}',
    '{"a"}',
    '{"a":}',
    '{"a":[1,]}',
    '{"a":[1}',
    "{a:1}",
    '{"a":"\n"}',
    '{"a":"\\ud800"}',
    '{"a":"\ud800"}',
    '{"a":"\\u0061"}',
    '{"a":"\\u000A"}',
    '{"\\u0061":1}',
    '{"a":tru}',
    '{"a":undefined}',
  ])("refuses %j", (text) => {
    expect(isCanonicalObject(text)).toBe(false);
    expect(canonicalMembers(text)).toBeUndefined();
  });

  test("orders names by their UTF-16 units, escapes and all", () => {
    expect(isCanonicalObject('{"\\n":1,"1":1,"\u{1f600}":1,"\ufb33":1}')).toBe(true);
    expect(isCanonicalObject('{"\ufb33":1,"\u{1f600}":1}')).toBe(false);
    expect(isCanonicalObject('{"1":1,"\\n":1}')).toBe(false);
  });

  test("refuses what is nested so deep that it would use up the stack", () => {
    const nested = (depth: number) => `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    expect(isCanonicalObject(nested(499))).toBe(true);
    expect(isCanonicalObject(nested(500))).toBe(false);
    expect(isCanonicalObject('{"a":'.repeat(1_000_000))).toBe(false);
    expect(isCanonicalObject(`{"a":${"[".repeat(1_000_000)}`)).toBe(false);
  });

  test("gives the members with the text of their values", () => {
    const text = '{"a":{"z":[1,{}]},"b":"\\"","c":-1.5}';
    expect([...(canonicalMembers(text) ?? [])]).toEqual([
      ["a", '{"z":[1,{}]}'],
      ["b", '"\\""'],
      ["c", "-1.5"],
    ]);
  });
});

/** The same question, asked of the library and of the platform. */
function isTheSameAgain(text: string): boolean {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && text.startsWith("{") && canonicalJson(value) === text;
  } catch {
    return false;
  }
}
