import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createStalledReader } from "../load/stalled-reader.ts";
import type { Scenario } from "../scenario.ts";
import { createLoadedSite } from "../support/loaded-site.ts";
import { killedWriter } from "../support/writer.ts";
import { strikeAgainAndAgain } from "./used-service.ts";

/** Readers of the whole log that stop reading. */
const readersMax = 2;

/** What is in the log before, so that whoever reads it from its beginning has something to catch up with. */
const appendsBefore = 1_250;

/** How much is acknowledged while nobody reads: three times the events that the service keeps for those who follow. */
const stalledAppends = { min: 3_000, more: 1_000 } as const;

/**
 * Readers that follow the log, all of it from its beginning, and again and again stop reading what they are sent. The
 * others are served meanwhile, and who goes on reading misses nothing. What the service takes for it of memory is told and
 * not judged: much of it is garbage of other work.
 */
export const stalledReadersScenario: Scenario = {
  name: "slow and stalled subscribers",
  times: { short: 1, long: 5 },

  async run(options) {
    const { directory, random } = options;
    const dataDirectory = join(directory, "data");
    const readers = Array.from({ length: readersMax }, createStalledReader);
    await killedWriter({ directory, logDirectory: join(dataDirectory, "log"), appends: appendsBefore });
    const site = await createLoadedSite(dataDirectory, { directory, readers });
    let growth = 0;
    try {
      const struck = await strikeAgainAndAgain(site, options, async ({ service }) => {
        // One that is far behind reads the log by itself; what is kept for all is dropped under one that is not.
        await site.untilLive();
        const usual = residentBytes(service.pid);
        for (const reader of readers) reader.stall();
        await site.untilAcknowledged(stalledAppends.min + random(stalledAppends.more));
        growth = Math.max(growth, residentBytes(service.pid) - usual);
        for (const reader of readers) reader.goOn();
      });
      const judged = await site.judge();
      return { ...struck, ...judged, figures: { ...judged.figures, growthMb: Math.round(growth / 2 ** 20) } };
    } finally {
      await site.close();
    }
  },
};

/** Memory that a process has, octets. */
function residentBytes(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kibibytes) * 1024;
}
