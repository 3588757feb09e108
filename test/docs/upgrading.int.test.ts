import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CliSite, createCliSite } from "../cli/support/site.ts";
import { readGuide, shellOf } from "../support/guide.ts";

let cli: CliSite;

beforeAll(async () => {
  cli = await createCliSite();
});

afterAll(() => cli.remove());

describe("the guide to upgrading", () => {
  test("prints commands that work, in their order", async () => {
    const { blocks } = await readGuide("upgrading");
    const run = await shellOf(cli);
    const told: string[] = [];
    for (const block of blocks("sh")) {
      const here = block.replaceAll("/var/lib/ironledger/data", cli.site.dataDirectory);
      told.push((await run(here)).stdout);
    }
    const [backup, status, verified] = told;
    expect(told).toHaveLength(3);
    expect(backup).toMatch(/ledger-.+\.db has \d+ events/);
    expect(status).toMatch(/VIEW +STATE +VERSION/);
    expect(status).toMatch(/fleet +live/);
    expect(verified).toContain("nothing wrong was found");
  });

  test("prints a query that is answered", async () => {
    const { page } = await readGuide("upgrading");
    const [, query = ""] = /`(\{ service [\s\S]+?)`/.exec(page) ?? [];
    const { service } = await cli.service.graphql(query);
    expect(service).toMatchObject({
      views: expect.arrayContaining([expect.objectContaining({ name: "fleet" })]),
    });
  });
});
