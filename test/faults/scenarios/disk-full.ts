import { cp } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Scenario } from "../scenario.ts";
import { createLoadedSite } from "../support/loaded-site.ts";
import { untilUnready } from "../support/ready-reasons.ts";
import { mountSmallDisk } from "../support/small-disk.ts";
import { strikeAgainAndAgain } from "./used-service.ts";

const mebibyte = 1024 * 1024;

/** A log that ran out of space wants 64 MiB free before it goes on; what is done between two faults has to fit in besides. */
const diskBytes = (times: number) => (208 + 16 * times) * mebibyte;

/** What is left of the disk when it is filled up: the load takes the rest, at any place in a transaction. */
const leftBytesMax = 2 * mebibyte;

/** Longest time that a disk stays full, milliseconds. */
const fullMs = 1_000;

/**
 * A disk that becomes full under a service, everything of it: log, views and what else it writes. Nothing is acknowledged
 * that is not kept, the service says what is wrong, and goes on by itself when there is room again.
 */
export const diskFullScenario: Scenario = {
  name: "disk full",
  times: { short: 1, long: 10 },

  async run(options) {
    const { directory, random, times } = options;
    const at = join(directory, "disk");
    const disk = await mountSmallDisk({ at, bytes: diskBytes(times), logFile: join(directory, "disk.log") });
    const settings = { readiness: { diskFreeBytes: 64 * mebibyte } };
    const { under, seenAt } = disk;
    const site = await createLoadedSite(join(at, "data"), { directory, settings, under, seenAt });
    try {
      const struck = await strikeAgainAndAgain(site, options, async ({ target }) => {
        await disk.fill(random(leftBytesMax));
        await untilUnready(target, "LOG_READ_ONLY");
        await delay(random(fullMs));
        await disk.empty();
      });
      await cp(`${seenAt}${site.dataDirectory}`, join(directory, "left"), { recursive: true });
      return { ...struck, ...(await site.judge({ dataDirectory: join(directory, "left") })) };
    } finally {
      await site.close();
      await disk.unmount();
    }
  },
};
