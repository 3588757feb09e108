import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { checkHistory } from "../history/check-history.ts";
import type { Scenario } from "../scenario.ts";
import { soundLog } from "../support/kept-log.ts";
import { patiently } from "../support/patiently.ts";
import { effectOfAppend, startWriter, type Writer } from "../support/writer.ts";

/** Processes that want the log at the same moment. */
const rivals = 3;

/** Longest time that one has it, milliseconds. */
const heldMs = 400;

/**
 * Some processes open one directory at the same moment, again and again, and the one that has it is killed: one gets in,
 * the others are told why not, and what they tell together is one history.
 */
export const rivalsScenario: Scenario = {
  name: "processes on one directory",
  times: { short: 2, long: 20 },

  async run({ directory, random, times, note }) {
    const writers: Rival[] = [];
    try {
      for (let time = 1; time <= times; time++) {
        const started = await Promise.all(
          Array.from({ length: rivals }, (_, rival) => startRival(directory, `${time}-${rival}`)),
        );
        writers.push(...started);
        const winner = await onlyOne(started);
        await delay(random(heldMs));
        await winner.kill();
        note(`${time} of ${times}`);
      }
    } finally {
      for (const writer of writers) await writer.kill();
    }
    const stories = await Promise.all(writers.map((writer) => writer.story()));
    const operations = stories.flatMap((story) => story.operations);
    const log = await soundLog(directory, effectOfAppend);
    const violations = checkHistory({ operations, readers: stories.map(({ sights }) => sights), log });
    const acknowledged = stories.reduce((sum, story) => sum + story.acknowledged, 0);
    const figures = { events: log.length, refused: writers.length - times };
    return { faults: times, kills: times, acknowledged, violations, undetected: [], figures };
  },
};

interface Rival extends Writer {
  /** What it printed on standard error. */
  readonly said: () => Promise<string>;
}

async function startRival(directory: string, name: string): Promise<Rival> {
  const logFile = join(directory, `rival-${name}.log`);
  const storyFile = join(directory, `rival-${name}.story`);
  const writer = await startWriter({ logDirectory: join(directory, "log"), storyFile, logFile, clients: 8 });
  return { ...writer, said: () => readFile(logFile, "utf8") };
}

/** Waits until all but one were refused. @throws Error when nobody gets in, or one ends for another reason */
async function onlyOne(writers: readonly Rival[]): Promise<Rival> {
  await patiently(
    () => writers.filter(({ hasEnded }) => hasEnded()).length >= writers.length - 1 || undefined,
  );
  const [winner] = writers.filter(({ hasEnded }) => !hasEnded());
  if (!winner) throw new Error("of several processes none got at the log");
  for (const loser of writers) {
    if (loser === winner) continue;
    const said = await loser.said();
    if (!said.includes("LOG_LOCKED")) throw new Error(`a process was not refused, it ended: ${said}`);
  }
  await winner.until((text) => text.includes("\nack "));
  return winner;
}
