import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Scenario } from "../scenario.ts";
import { createLoadedSite } from "../support/loaded-site.ts";
import { startWriter } from "../support/writer.ts";
import { strikeAgainAndAgain } from "./used-service.ts";

/** Longest time that a process is stopped, milliseconds. */
const stoppedMs = 2_000;

/**
 * A service whose process is stopped (SIGSTOP) in the middle of its work and goes on later, while another process tries
 * to open the same log: it is refused, and the first one finds everything as it left it.
 */
export const freezeScenario: Scenario = {
  name: "process stopped and continued",
  times: { short: 1, long: 15 },

  async run(options) {
    const { directory, random } = options;
    const site = await createLoadedSite(undefined, options);
    try {
      const struck = await strikeAgainAndAgain(site, options, async ({ service }) => {
        process.kill(service.pid, "SIGSTOP");
        try {
          await delay(random(stoppedMs));
          await refusedSecond(directory, join(site.dataDirectory, "log"));
        } finally {
          process.kill(service.pid, "SIGCONT");
        }
      });
      return { ...struck, ...(await site.judge()) };
    } finally {
      await site.close();
    }
  },
};

/** @throws Error when somebody else gets at the log */
async function refusedSecond(directory: string, logDirectory: string): Promise<void> {
  const logFile = join(directory, "second.log");
  const second = await startWriter({ logDirectory, storyFile: join(directory, "second.story"), logFile });
  const gotIn = second
    .until((text) => text.includes("\nack "))
    .then(
      () => 0,
      () => second.ended,
    );
  const code = await Promise.race([second.ended, gotIn]).finally(() => second.kill());
  const said = await readFile(logFile, "utf8");
  if (code === 0 || !said.includes("LOG_LOCKED"))
    throw new Error(`a second process was not refused: ${code}: ${said}`);
}
