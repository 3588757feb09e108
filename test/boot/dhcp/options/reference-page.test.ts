import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { allOptions } from "../../../../src/boot/dhcp/options/all.ts";

const page = readFileSync(new URL("../../../../docs/reference/dhcp.md", import.meta.url), "utf8");

/** The text below a heading, up to the next one. */
function section(heading: string): string {
  const [, below = ""] = page.split(`## ${heading}\n`);
  return below.split("\n## ")[0] ?? "";
}

/** Code, name and source of each row of the table of options. */
function documented(): readonly string[] {
  return [...section("Options").matchAll(/^\| (\d+) \| ([^|]+) \| ([^|]+) \|/gm)].map(
    ([, code, name, source]) => `${code} ${name} ${source}`,
  );
}

test("the page of DHCP lists every option of the codec, and no other", () => {
  expect(documented()).toEqual(allOptions.map(({ code, name, source }) => `${code} ${name} ${source}`));
});

test.each([
  "3.1",
  "3.2",
  "3.3",
  "3.4",
  "4.1",
  "4.2",
  "4.3.1",
  "4.3.2",
  "4.3.3",
  "4.3.4",
  "4.3.5",
  "4.3.6",
  "4.4.5",
])("the page of DHCP says what is done about RFC 2131 s. %s", (number) => {
  const rows = section("RFC 2131, DHCP")
    .split("\n")
    .filter((line) => line.startsWith("| "));
  expect(
    rows.some((row) => new RegExp(`(?<![.\\d])${number.replaceAll(".", "\\.")}(?![.\\d])`).test(row)),
  ).toBe(true);
});

test.each([
  3004, 3011, 3046, 3396, 3397, 3442, 3527, 3925, 4361, 4578, 5107, 6842,
])("the page of DHCP says what is done about RFC %i", (number) => {
  expect(section("Other RFCs")).toContain(`| RFC ${number} `);
});
