import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { type CliSite, createCliSite } from "../cli/support/site.ts";
import { readGuide, shellOf } from "../support/guide.ts";

const { blocks } = await readGuide("time-travel");
let cli: CliSite;

beforeAll(async () => {
  cli = await createCliSite();
});

afterAll(() => cli.remove());

const lines = (text: string) => text.split("\n").map((line) => line.trimEnd());

describe("the guide to time travel", () => {
  test("prints commands that work, in their order", { timeout: 300_000 }, async () => {
    const run = await shellOf(cli);
    const told: string[] = [];
    for (const block of blocks("sh")) told.push((await run(block)).stdout);
    expect(told).toHaveLength(6);
    const [, past = "", api = "", different = "", why = "", graph = ""] = told;
    // What the page shows is what the command prints.
    expect(lines(past)).toEqual(expect.arrayContaining(lines(blocks("text")[0]?.trim() ?? "")));
    expect(past).toContain('"leaseSeconds": 86400');
    expect(JSON.parse(api).data.machines).toMatchObject({ totalCount: 0, nodes: [] });
    expect(different).toMatch(/machine\/[0-9a-f-]{36} +labels\.rack +r1 +r2 +LabelsChanged +user:operator/);
    expect(different).toMatch(/subnet\/lab +leaseSeconds +86400 +7200/);
    expect(why).toContain("LabelsChanged");
    expect(JSON.parse(graph).data.why).toMatchObject({
      event: { type: "LabelsChanged" },
      edges: [],
      request: { actor: "user:operator", source: "graphql", reason: "moved to the new row" },
    });
  });
});

describe("the commands for the past", () => {
  const ironledger = (...words: readonly string[]) => cli.person.run(words);

  test.each([
    ["machines"],
    ["interfaces"],
    ["leases"],
    ["reservations"],
    ["subnets"],
    ["classes"],
    ["bootenvs"],
    ["runs"],
    ["events"],
    ["principals"],
    ["tokens"],
    ["roles"],
  ])("%s are listed as they were before there were any", async (noun) => {
    const { code, stdout } = await ironledger(noun, "list", "--at", "2020-01-01", "-o", "name");
    // The built in roles come with the program.
    expect({ code, found: stdout.trim() !== "" }).toEqual({ code: 0, found: noun === "roles" });
  });

  test("diff names what is not there, and takes one thing", async () => {
    const unknown = await ironledger("diff", "--subnet", "nowhere", "--from", "now-1h");
    expect(unknown.code).not.toBe(0);
    expect(unknown.stderr).toContain("there was no subnet nowhere until then");
    const two = await ironledger("diff", "02:00:00:00:02:01", "--subnet", "lab", "--from", "now-1h");
    expect(two.code).toBe(exitCodes.usage.code);
    const nothing = await ironledger("diff", "--from", "now");
    expect(nothing).toMatchObject({ code: 0, stderr: "nothing is different\n" });
  });

  test("a moment that is none is refused with how to write one", async () => {
    const { code, stderr } = await ironledger("machines", "list", "--at", "yesterday");
    expect(code).toBe(exitCodes.usage.code);
    expect(stderr).toContain("now-2h");
  });
});
