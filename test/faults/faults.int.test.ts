import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { randomFrom } from "../fuzz/mutate.ts";
import type { ScenarioOptions } from "./scenario.ts";
import { cutPowerOfLyingDisk } from "./scenarios/power-cut.ts";
import { scenarios } from "./scenarios.ts";
import { totalsOf } from "./totals.ts";

/** The short form of `npm run test:faults`. */
const seed = 5;

/** Nothing here waits for a fixed time, so a slow machine costs patience and no failure. */
const patienceMs = 600_000;

async function options(times: number): Promise<ScenarioOptions> {
  const directory = await mkdtemp(join(tmpdir(), "ironledger-faults-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return { random: randomFrom(seed), times, directory, note: () => undefined };
}

describe("a log in use", () => {
  const short = scenarios.map(({ name, times, run }) => ({ name, count: times.short, run }));
  test.each(short)(
    "loses, doubles and hides nothing: $name, $count times",
    async ({ count, run }) => {
      const report = await run(await options(count));
      expect(report.violations).toEqual([]);
      expect(report.undetected).toEqual([]);
      expect(report.acknowledged).toBeGreaterThan(0);
    },
    patienceMs,
  );

  test(
    "is found to lose what it acknowledged when its disk only says that it synced",
    async () => {
      const report = await cutPowerOfLyingDisk(await options(6));
      expect(totalsOf([report]).lost).toBeGreaterThan(0);
    },
    patienceMs,
  );
});
