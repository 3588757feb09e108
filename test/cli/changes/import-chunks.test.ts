import { describe, expect, test } from "vitest";
import { chunksOf } from "../../../src/cli/changes/import-chunks.ts";
import { Failure } from "../../../src/cli/failure.ts";

describe("the parts of a file", () => {
  test("begin with the header each, and hold every row of CSV once", async () => {
    const rows = Array.from({ length: 2_100 }, (_, index) => `m${index},"a\nb"`);
    const chunks = await chunksOf(`\ufeffmac,labels\r\n${rows.join("\n")}\n`, "CSV");
    expect(chunks.map((chunk) => chunk.rows)).toEqual([1_000, 1_000, 100]);
    expect(chunks.every(({ content }) => content.startsWith("mac,labels\n"))).toBe(true);
    expect(chunks.flatMap(({ content }) => content.match(/^m\d+/gm) ?? [])).toHaveLength(2_100);
  });

  test("are no longer than a request may be", async () => {
    const rows = Array.from({ length: 300 }, (_, index) => ({
      mac: index,
      params: { text: "x".repeat(1_000) },
    }));
    const chunks = await chunksOf(JSON.stringify(rows), "JSON");
    expect(chunks.every(({ content }) => content.length < 110_000)).toBe(true);
    expect(chunks.flatMap(({ content }) => JSON.parse(content))).toEqual(rows);
  });

  test.each([
    ["", "CSV", "there is nothing to import"],
    ["mac\n", "CSV", "there is nothing to import"],
    ['mac\n"open', "CSV", "the file is no CSV"],
    ["[]", "JSON", "there is nothing to import"],
    ["{}", "JSON", "expected a list of machines"],
    ["[", "JSON", "the file is no JSON"],
  ] as const)("%j as %s is refused", async (text, format, message) => {
    const failure = await chunksOf(text, format).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).message).toContain(message);
    expect((failure as Failure).reason).toBe("usage");
  });
});
