import { describe, expect, test } from "vitest";
import { createPalette } from "../../../src/cli/output/palette.ts";
import { tableLines } from "../../../src/cli/output/table.ts";
import { textWidth } from "../../../src/cli/output/width.ts";

const options = { width: textWidth, palette: createPalette(false), lineWidth: undefined };

describe("a table", () => {
  test("has columns as wide as their widest cell on a terminal", () => {
    expect(
      tableLines(
        ["A", "B"],
        [
          ["日本", "x"],
          ["abc", "y"],
        ],
        options,
      ),
    ).toEqual(["A     B", "日本  x", "abc   y"]);
  });

  test("pads nothing behind the last column", () => {
    expect(
      tableLines(
        undefined,
        [
          ["a", "long"],
          ["b", "x"],
        ],
        options,
      ),
    ).toEqual(["a  long", "b  x"]);
  });

  test("is never wider than the terminal, and shows what was cut", () => {
    const lines = tableLines(
      ["NAME", "DATA"],
      [
        ["web-01", "0123456789"],
        ["日本日本", "x"],
      ],
      { ...options, lineWidth: 14 },
    );
    expect(lines).toEqual(["NAME      DATA", "web-01    012…", "日本日本  x"]);
    expect(tableLines(undefined, [["abcdef", "x"]], { ...options, lineWidth: 4 })).toEqual(["abc…"]);
    expect(tableLines(undefined, [["日本語"]], { ...options, lineWidth: 4 })).toEqual(["日…"]);
  });

  test("takes room from its widest columns first, and none from the first and from times", () => {
    const row = ["web-01", "52:54:00:00:00:01,52:54:00:00:00:02", "2026-11-23T10:00:00Z", "0123456789ab"];
    const lines = tableLines(undefined, [row], { ...options, lineWidth: 54, firm: new Set([2]) });
    expect(lines).toEqual(["web-01  52:54:00:0…  2026-11-23T10:00:00Z  0123456789…"]);
    const narrow = tableLines(undefined, [row], { ...options, lineWidth: 30, firm: new Set([2]) });
    expect(narrow).toEqual(["web-01  52:54:00:…  2026-11-2…"]);
  });

  test("colours what cells say, and counts no colour as width", () => {
    const palette = createPalette(true);
    const [line] = tableLines(undefined, [["failed", "x"]], { ...options, palette });
    expect(line).toBe("\u001b[31mfailed\u001b[39m  x");
  });
});
