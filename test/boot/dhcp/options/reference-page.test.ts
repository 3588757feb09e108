import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { allOptions } from "../../../../src/boot/dhcp/options/all.ts";

const page = readFileSync(new URL("../../../../docs/reference/dhcp-options.md", import.meta.url), "utf8");

/** Code, name and source of each row of the page's first table. */
function documented(): readonly string[] {
  const [table = ""] = page.split("## The format itself");
  return [...table.matchAll(/^\| (\d+) \| ([^|]+) \| ([^|]+) \|/gm)].map(
    ([, code, name, source]) => `${code} ${name} ${source}`,
  );
}

test("the page of DHCP options lists every option of the codec, and no other", () => {
  expect(documented()).toEqual(allOptions.map(({ code, name, source }) => `${code} ${name} ${source}`));
});
