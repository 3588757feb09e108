import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Target } from "../load/client.ts";
import type { Scenario } from "../scenario.ts";
import { createShim } from "../shim/shim.ts";
import { askService } from "../support/ask-service.ts";
import { createLoadedSite } from "../support/loaded-site.ts";
import { untilUnready } from "../support/ready-reasons.ts";
import { strikeAgainAndAgain } from "./used-service.ts";

const hourMs = 3_600_000;

/** How far the wall clock is off. */
const jumpsMs: readonly number[] = [
  1_000,
  -1_000,
  hourMs,
  -hourMs,
  48 * hourMs,
  -48 * hourMs,
  -20_000 * hourMs,
];

/** A clock that is off by more than this is in doubt, milliseconds. */
const noticedMs = 60_000;

/** Longest time that it stays so, milliseconds. */
const wrongMs = 1_500;

/** A clock that jumped is not trusted until somebody says that it is right again. */
const confirm = (target: Target) =>
  askService(target, `mutation { confirmClock(input: { reason: "set right" }) { userErrors { code } } }`);

/**
 * A wall clock that jumps, forward past the end of every lease and back before the beginning of the log, and is set right
 * again. The service says that its clock is in doubt, time in the log never goes back, no address changes hands, and what is asked for is still answered.
 */
export const clockScenario: Scenario = {
  name: "jumps of the wall clock",
  times: { short: 2, long: 14 },

  async run(options) {
    const { directory, random } = options;
    const shim = createShim({ directory, meant: join(directory, "nothing") });
    const site = await createLoadedSite(undefined, { directory, under: shim.under });
    let jumps = random(jumpsMs.length);
    try {
      const struck = await strikeAgainAndAgain(site, { ...options, mend: confirm }, async ({ target }) => {
        const clockMs = jumpsMs[jumps++ % jumpsMs.length] ?? 0;
        shim.behave({ clockMs });
        if (Math.abs(clockMs) > noticedMs) await untilUnready(target, "CLOCK_IN_DOUBT");
        await delay(random(wrongMs));
        // Also while it is wrong.
        await site.untilAcknowledged(1);
        shim.behave({});
      });
      return { ...struck, ...(await site.judge({ mayRegrant: true })) };
    } finally {
      await site.close();
    }
  },
};
