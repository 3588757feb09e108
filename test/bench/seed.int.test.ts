import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openLogReader } from "../../src/adapters/event-store/sqlite/open-reader.ts";

const main = "bench/seed/main.ts";
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ironledger-seed-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function seed(...words: readonly string[]) {
  return spawnSync(process.execPath, [main, ...words], { encoding: "utf8" });
}

/** How often each type of event is in the log, and the times of the first and the last one. */
function contentsOf(dataDirectory: string) {
  const reader = openLogReader(join(dataDirectory, "log"));
  const types = new Map<string, number>();
  const times: number[] = [];
  let after = 0;
  for (;;) {
    const page = reader.page({ after, limit: 1_000, filter: undefined });
    for (const row of page.rows) {
      types.set(row[4], (types.get(row[4]) ?? 0) + 1);
      times.push(Number(row[6]));
    }
    after = page.position;
    if (page.caughtUp) break;
  }
  reader.close();
  return { types, times };
}

describe("seed", () => {
  test("fills a new data directory with machines that went through the commands", () => {
    const data = join(directory, "data");
    const { status, stdout, stderr } = seed("--machines", "50", "--data", data, "--days", "10");
    expect(stderr).not.toMatch(/seed:/);
    expect(status).toBe(0);

    const { types, times } = contentsOf(data);
    expect(JSON.parse(stdout)).toMatchObject({ machines: 50, events: times.length, data });
    expect(types.get("MachineDiscovered")).toBe(50);
    expect(types.get("DeploymentCompleted")).toBeGreaterThan(30);
    expect(types.get("LeaseGranted")).toBeGreaterThanOrEqual(50);
    const days = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 86_400_000;
    expect(days).toBeGreaterThan(9);
    expect(days).toBeLessThanOrEqual(10);
  });

  test("refuses a directory that holds something, and writes nothing into it", () => {
    writeFileSync(join(directory, "kept.txt"), "kept");
    const { status, stderr } = seed("--machines", "1", "--data", directory);
    expect(status).toBe(1);
    expect(stderr).toContain("is not empty");
  });

  test.each([
    ["--machines", "0"],
    ["--machines", "many"],
    ["--days", "-1"],
    ["--fleet", "9"],
  ])("names what is wrong with %s %s", (...words) => {
    const { status, stderr } = seed(...words);
    expect(status).toBe(2);
    expect(stderr).toContain(words[0]);
    expect(stderr).toContain("Usage:");
  });
});
