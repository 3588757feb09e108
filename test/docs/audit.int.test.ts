import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CliSite, createCliSite } from "../cli/support/site.ts";
import { readGuide, shellOf } from "../support/guide.ts";

const { blocks } = await readGuide("audit");
let cli: CliSite;

beforeAll(async () => {
  cli = await createCliSite();
  await cli.person.run(["machines", "register", "02:00:00:00:01:01", "--name", "web-01"]);
});

afterAll(() => cli.remove());

/** A text with its hashes and numbers told apart no more. */
const shape = (text: string) => text.replaceAll(/[0-9a-f]{12,}|[0-9]+/g, "0").trim();

describe("the guide to auditing", () => {
  test("prints commands that work, in their order", { timeout: 300_000 }, async () => {
    const run = await shellOf(cli);
    const told: string[] = [];
    for (const block of blocks("sh")) told.push((await run(block)).stdout);
    const [people, machine, counts, api, verified, views, last, exported] = told;
    expect(told).toHaveLength(11);
    expect(people).toMatch(/^TIME +ACTOR +FROM +TYPE +STREAM +REASON/);
    expect(people).toMatch(/user:operator +127\.0\.0\.1 +MachineRegistered +machine-/);
    expect(machine).toMatch(/name-web-01/);
    expect(counts).toContain("user:operator");
    expect(JSON.parse(api ?? "").data.events.nodes).toHaveLength(3);
    expect(shape(verified ?? "")).toBe(shape(blocks("text")[0] ?? ""));
    expect(JSON.parse(views ?? "")).toMatchObject({ state: "ENDED", report: { findingCount: 0 } });
    expect(last).toMatch(/^\d+ read models were compared with the log\nnothing wrong was found$/m);
    expect(exported).toContain("nothing wrong was found");
  });

  test("makes files that hold what the log has", () => {
    const linesOf = (name: string) => readFileSync(join(cli.person.home, name), "utf8").trimEnd().split("\n");
    expect(JSON.parse(linesOf("log-by-curl.ndjson").at(-1) ?? "")).toMatchObject({
      format: "ironledger-export-end",
    });
    const sequences = linesOf("events.ndjson").map((line) => JSON.parse(line).sequence);
    expect(sequences).toEqual([...new Set(sequences)].toSorted());
    const types = linesOf("machines.ndjson").map((line) => JSON.parse(line).type);
    expect(types).toEqual(["ironledger.MachineRegistered"]);
    expect(sequences.length).toBeGreaterThanOrEqual(linesOf("log.ndjson").length - 2);
  });
});
