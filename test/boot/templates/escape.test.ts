import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeIpxe } from "../../../src/boot/templates/escape.ts";

describe("escaping a value for an iPXE script", () => {
  test("leaves what names, addresses and URLs are made of", () => {
    const value = "http://10.77.0.1:8080/a_b~c/52:54:00:77:00:01,x=1@y+z-w";
    expect(escapeIpxe(value)).toBe(value);
  });

  test.each([
    ["a\nb", "a%0Ab"],
    ["\u0024{net0/mac}", "%24%7Bnet0/mac%7D"],
    ["{{ x }}", "%7B%7B%20x%20%7D%7D"],
    [`a"b'c`, "a%22b%27c"],
    ["a && b || c ; # d", "a%20%26%26%20b%20%7C%7C%20c%20%3B%20%23%20d"],
    ["<<nonce>>", "%3C%3Cnonce%3E%3E"],
    ["--drive", "%2D-drive"],
    ["100%", "100%25"],
    ["é", "%C3%A9"],
  ])("makes %j inert", (value, escaped) => {
    expect(escapeIpxe(value)).toBe(escaped);
  });

  test("yields one word without a meaning, which decodes to the value again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (value) => {
        const escaped = escapeIpxe(value);
        expect(escaped).toMatch(/^(?:[A-Za-z0-9._~:/=,@+%][A-Za-z0-9._~:/=,@+%-]*)?$/);
        expect(decodeURIComponent(escaped)).toBe(value);
      }),
    );
  });
});
