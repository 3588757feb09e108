import { setTimeout as delay } from "node:timers/promises";
import type { Scenario, ScenarioOptions } from "../scenario.ts";
import { createLoadedSite, type LoadedSite, readyTarget } from "../support/loaded-site.ts";

/** Longest life of a service that came up, milliseconds. */
const lifeMs = 1_000;

/** One in so many services is ended while it starts, at any moment up to this. */
const stillborn = { oneIn: 8, withinMs: 1_200 };

/**
 * `kill -9` of the whole service at random moments, while operators change machines over GraphQL, machines get their
 * first address by DHCP, and somebody follows the log; each time the next service goes on with what was left.
 */
export const killScenario: Scenario = {
  name: "kill -9 of the service under load",
  times: { short: 1, long: 200 },

  async run(options) {
    const site = await createLoadedSite(undefined, options);
    try {
      const whileStarting = await killAgainAndAgain(site, options);
      const last = await site.start();
      await site.finish(await readyTarget(last));
      await last.kill("SIGTERM");
      const { figures, ...judged } = await site.judge();
      const { times } = options;
      return {
        ...judged,
        faults: times,
        kills: times,
        undetected: [],
        figures: { ...figures, whileStarting },
      };
    } finally {
      await site.close();
    }
  },
};

/** Resolves to how many were ended before they were ready. */
async function killAgainAndAgain(
  site: LoadedSite,
  { times, random, note }: ScenarioOptions,
): Promise<number> {
  let early = 0;
  for (let kill = 1; kill <= times; kill++) {
    const service = await site.start();
    if (kill > 1 && random(stillborn.oneIn) === 0) {
      await Promise.race([delay(random(stillborn.withinMs)), service.ended]);
      early += 1;
      await service.kill();
    } else {
      const target = await readyTarget(service);
      if (kill === 1) await site.prepare(target);
      await site.whileUsed(target, async () => {
        await delay(random(lifeMs));
        await service.kill();
      });
    }
    note(`${kill} of ${times}`);
  }
  return early;
}
