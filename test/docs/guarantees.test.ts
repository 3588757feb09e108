import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/reference/guarantees.md"), "utf8");
const [promises, shown] = [tableAfter("# What you can rely on"), tableAfter("## Which test shows it")];

/** The rows of the first table behind a heading, without its head. */
function tableAfter(heading: string): readonly (readonly string[])[] {
  const lines = page.slice(page.indexOf(`${heading}\n`)).split("\n");
  const rows = lines.slice(lines.findIndex((line) => line.startsWith("|")) + 2);
  const end = rows.findIndex((line) => !line.startsWith("|"));
  const table = end < 0 ? rows : rows.slice(0, end);
  return table.map((row) => row.split(" | ").map((cell) => cell.replaceAll(/^\| | \|$/g, "")));
}

/** A file and the titles that are named of it. */
const named = shown.flatMap(([promise = "", cell = ""]) =>
  cell.split("; ").map((part) => {
    const file = /`([^`]+)`/.exec(part)?.[1] ?? "";
    const titles = [...part.matchAll(/"([^"]+)"/g)].map(([, title = ""]) => title);
    return { promise, file, titles };
  }),
);

describe("the reference of what is promised", () => {
  test("names tests for each promise, and for nothing else", () => {
    expect(promises.length).toBeGreaterThan(15);
    const namesOf = (table: typeof shown) => table.map(([promise = ""]) => promise).toSorted();
    expect(namesOf(shown)).toEqual(namesOf(promises));
    expect(promises.filter((row) => row.length !== 3)).toEqual([]);
  });

  test.each(named)("names tests that are there: $promise: $file", ({ file, titles }) => {
    expect(titles).not.toEqual([]);
    expect(existsSync(join(root, file)), file).toBe(true);
    const text = readFileSync(join(root, file), "utf8");
    for (const title of titles) expect(text).toMatch(titleIn(title));
  });
});

/** A title stands where a test is begun, and not only somewhere in the file. */
function titleIn(title: string): RegExp {
  const quoted = title.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?:test|test\\.(?:each|for)\\([\\s\\S]*?\\))\\(\\s*"${quoted}"`);
}
