import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unifiedDiff } from "../../../../src/adapters/graphql/plan/unified-diff.ts";

describe("a unified diff", () => {
  test("is empty when nothing differs", () => {
    expect(unifiedDiff({ name: "x", before: "a\nb\n", after: "a\nb\n" })).toBe("");
  });

  test("shows what changed with three lines around it", () => {
    const before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    expect(unifiedDiff({ name: "x", before, after: before.replace("5", "five") })).toBe(
      "--- x\n+++ x\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
    );
  });

  test("makes one hunk of changes that are close, and two of changes that are not", () => {
    const numbers = Array.from({ length: 20 }, (_, index) => `${index + 1}`);
    const changed = (...which: string[]) =>
      numbers.map((line) => (which.includes(line) ? "x" : line)).join("\n");
    const hunks = (after: string) =>
      unifiedDiff({ name: "x", before: numbers.join("\n"), after }).match(/^@@.*$/gm);
    expect(hunks(changed("5", "9"))).toEqual(["@@ -2,11 +2,11 @@"]);
    expect(hunks(changed("2", "18"))).toEqual(["@@ -1,5 +1,5 @@", "@@ -15,6 +15,6 @@"]);
  });

  test("names nothing where there is nothing", () => {
    expect(unifiedDiff({ name: "x", before: undefined, after: "a\n" })).toBe(
      "--- /dev/null\n+++ x\n@@ -0,0 +1,1 @@\n+a\n",
    );
    expect(unifiedDiff({ name: "x", before: "a\n", after: undefined })).toBe(
      "--- x\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a\n",
    );
  });

  test("replaces all between the ends when there is too much to compare", () => {
    const many = (text: string) => Array.from({ length: 2_100 }, (_, index) => `${text}${index}`).join("\n");
    const diff = unifiedDiff({ name: "x", before: `a\n${many("b")}\nz`, after: `a\n${many("c")}\nz` });
    expect(diff.split("\n")).toHaveLength(2 + 1 + 2 + 4_200 + 1);
  });

  test("turns the one text into the other, whatever they are", async () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(text, text, async (before, after) => {
        const texts = { before: before.join("\n"), after: after.join("\n") };
        const diff = unifiedDiff({ name: "x", ...texts });
        expect(patched(before, diff)).toEqual(after);
      }),
    );
  });
});

/** Applies a unified diff. */
function patched(lines: readonly string[], diff: string): readonly string[] {
  const result: string[] = [];
  let at = 0;
  for (const line of diff.split("\n").slice(2, -1)) {
    const [, first] = /^@@ -(\d+),/.exec(line) ?? [];
    if (first !== undefined) {
      const start = Math.max(at, Number(first) - 1);
      result.push(...lines.slice(at, start));
      at = start;
    } else if (line.startsWith("+")) result.push(line.slice(1));
    else {
      expect(lines[at]).toBe(line.slice(1));
      if (line.startsWith(" ")) result.push(line.slice(1));
      at++;
    }
  }
  return [...result, ...lines.slice(at)];
}
