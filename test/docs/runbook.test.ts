import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exitCodes } from "../../src/service/exit-codes.ts";
import { definitionOf, metricNames } from "../../src/service/metrics/catalogue.ts";
import { readyReasons } from "../../src/service/ready-reasons.ts";

const text = readFileSync(join(import.meta.dirname, "../../docs/guides/runbook.md"), "utf8");

/** The entries of a section, by their titles. */
function entriesOf(section: string): ReadonlyMap<string, string> {
  const [, after = ""] = text.split(`\n## ${section}\n`);
  const [own = ""] = after.split(/\n## /);
  const entries = own.split(/^### /m).slice(1);
  return new Map(entries.map((entry) => [entry.slice(0, entry.indexOf("\n")), entry] as const));
}

describe.each([
  ["Not ready", Object.keys(readyReasons)],
  ["Limits", metricNames.filter((name) => definitionOf(name).limit !== undefined)],
  ["Exit codes", Object.values(exitCodes).map(String)],
])("the runbook's section %s", (section, expected) => {
  const entries = entriesOf(section);

  test("has an entry for each, in the order of the sources, and for nothing that is gone", () => {
    expect([...entries.keys()]).toEqual(expected);
  });

  test.each(expected)("says of %s what it means, what to look at and what to do", (name) => {
    for (const part of ["Means", "Look at", "Do"]) {
      expect(entries.get(name)).toMatch(new RegExp(`^- \\*\\*${part}\\*\\*: \\S`, "m"));
    }
  });
});

test("metrics and keys that the runbook names exist", () => {
  const named = [...text.matchAll(/ironledger_[a-z_]+/g)].map(([name]) => name);
  expect(named.filter((name) => !(metricNames as readonly string[]).includes(name))).toEqual([]);
});
