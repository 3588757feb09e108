import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeGrub } from "../../../src/boot/templates/escape-grub.ts";

describe("escaping a value for a script of GRUB", () => {
  test("leaves what names, addresses and URLs are made of", () => {
    const value = "http://10.77.0.1:8080/a_b~c/52:54:00:77:00:01,x=1@y+z-w";
    expect(escapeGrub(value)).toBe(value);
  });

  test.each([
    ["a\nb", "a%0Ab"],
    ["\u0024{net_default_mac}", "%24%7Bnet_default_mac%7D"],
    ["$prefix", "%24prefix"],
    ["{{ x }}", "%7B%7B%20x%20%7D%7D"],
    [`a"b'c\\`, "a%22b%27c%5C"],
    ["a && b | c ; # d", "a%20%26%26%20b%20%7C%20c%20%3B%20%23%20d"],
    ["(hd0,1)/*", "%28hd0,1%29/%2A"],
    ["[ x ]?", "%5B%20x%20%5D%3F"],
    ["<<nonce>>", "%3C%3Cnonce%3E%3E"],
    ["--set=root", "%2D-set=root"],
    ["100%", "100%25"],
    ["é", "%C3%A9"],
  ])("makes %j inert", (value, escaped) => {
    expect(escapeGrub(value)).toBe(escaped);
  });

  test("yields one word without a meaning, which decodes to the value again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (value) => {
        const escaped = escapeGrub(value);
        expect(escaped).toMatch(/^(?:[A-Za-z0-9._~:/=,@+%][A-Za-z0-9._~:/=,@+%-]*)?$/);
        expect(decodeURIComponent(escaped)).toBe(value);
      }),
    );
  });
});
