import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { inert } from "../../../src/cli/output/inert.ts";
import { jsonText, yamlText } from "../../../src/cli/output/serialise.ts";

/** C0, C1 and what turns the direction of text around. */
function acts(character: string): boolean {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x20 || (point >= 0x7f && point <= 0x9f) || (point >= 0x202a && point <= 0x202e);
}

const strange = fc.string({ unit: "binary" });

describe("text that may be shown", () => {
  test.each([
    ["web-01", "web-01"],
    ["日本 🖥", "日本 🖥"],
    ["\u001b[31m", "\\x1b[31m"],
    ["a\r\nb\t", "a\\x0d\\x0ab\\x09"],
    ["\u009b2J", "\\x9b2J"],
    ["gpj\u202eexe", "gpj\\u202eexe"],
    ["\u{e0041}", "\\u{e0041}"],
  ])("%j is shown as %s", (text, shown) => {
    expect(inert(text)).toBe(shown);
  });

  test("holds nothing that acts, whatever it was", () => {
    fc.assert(fc.property(strange, (text) => ![...inert(text)].some(acts)));
  });
});

describe("JSON and YAML that may be shown", () => {
  test("hold nothing that acts but ends of lines, and mean what they meant", async () => {
    await fc.assert(
      fc.asyncProperty(strange, async (text) => {
        const value = { key: [text] };
        const json = jsonText(value, 2);
        const yaml = await yamlText(value);
        const active = [...json, ...yaml].filter((character) => character !== "\n" && acts(character));
        expect(active).toEqual([]);
        expect(JSON.parse(json)).toEqual(value);
        expect(parse(yaml)).toEqual(value);
      }),
      { examples: [["\t\n"]] },
    );
  });
});
