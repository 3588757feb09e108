import { afterAll, beforeAll, expect, test } from "vitest";
import { type CliSite, createCliSite } from "../cli/support/site.ts";
import { readGuide, shellOf } from "../support/guide.ts";

const { blocks } = await readGuide("machine-does-not-boot");
let cli: CliSite;

beforeAll(async () => {
  cli = await createCliSite();
});

afterAll(() => cli.remove());

test("every command about the service runs as it is printed", { timeout: 300_000 }, async () => {
  const run = await shellOf(cli);
  expect(blocks("sh").length).toBeGreaterThan(6);
  const told: string[] = [];
  for (const block of blocks("sh")) told.push((await run(block)).stdout);
  const explanations = told.filter((text) => text.startsWith("52:54:00:00:00:01, no machine's\n"));
  expect(explanations).toHaveLength(2);
  expect(told.join()).toContain("ironledger_wire_up");
});
