import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Scenario } from "../scenario.ts";
import { createShim, type Misbehaviour } from "../shim/shim.ts";
import { createLoadedSite } from "../support/loaded-site.ts";
import { strikeAgainAndAgain } from "./used-service.ts";

const errors: readonly Misbehaviour[] = [
  { onWrite: "EIO" },
  { onWrite: "ENOSPC" },
  { onSync: "EIO" },
  { onRead: "EIO" },
  { onWrite: "EIO", onSync: "EIO", onRead: "EIO" },
];

/** Longest time that a disk fails, milliseconds. */
const failingMs = 1_000;

/**
 * A disk under the log of a service whose writes, syncs or reads fail for a while. Nothing is acknowledged that is not
 * kept, and the service goes on by itself when the disk works again.
 */
export const diskErrorsScenario: Scenario = {
  name: "errors of the disk",
  times: { short: 4, long: 20 },

  async run(options) {
    const { directory, random } = options;
    const dataDirectory = join(directory, "data");
    const shim = createShim({ directory, meant: join(dataDirectory, "log") });
    const site = await createLoadedSite(dataDirectory, { directory, under: shim.under });
    let strikes = 0;
    try {
      const struck = await strikeAgainAndAgain(site, options, async () => {
        shim.behave(errors[strikes++ % errors.length] ?? {});
        await delay(random(failingMs));
        shim.behave({});
      });
      return { ...struck, ...(await site.judge()) };
    } finally {
      await site.close();
    }
  },
};
