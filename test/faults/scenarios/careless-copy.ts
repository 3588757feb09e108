import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { logFiles } from "../../../src/adapters/event-store/sqlite/log-files.ts";
import { openLog } from "../../../src/adapters/event-store/sqlite/open-log.ts";
import { EventStoreError } from "../../../src/domain/ports/event-store.ts";
import type { Random } from "../../fuzz/mutate.ts";
import { checkHistory } from "../history/check-history.ts";
import type { Scenario } from "../scenario.ts";
import { soundLog } from "../support/kept-log.ts";
import { acknowledgements, effectOfAppend, startWriter, type Writer } from "../support/writer.ts";

/** How the directory of a log that is written is copied by somebody who knows nothing of it. */
const copies: readonly ((from: string, to: string) => void)[] = [
  (from, to) => run("cp", "-r", from, to),
  (from, to) => run("cp", "-a", from, to),
  (from, to) =>
    run("sh", "-c", 'mkdir "$1" && tar -C "$0" -cf - . 2>/dev/null | tar -C "$1" -xf -', from, to),
  // The write-ahead log first, then for a while nothing, then the rest.
  (from, to) =>
    run("sh", "-c", 'mkdir "$1" && cp "$0"/ledger.db-wal "$1"; sleep 0.3; cp -n "$0"/* "$1"', from, to),
  // Without what is only there while somebody runs.
  (from, to) => run("sh", "-c", 'mkdir "$1" && cp "$0"/ledger.db "$0"/witness.json "$1"', from, to),
];

/** Appends between two copies, at most. */
const appendsMax = 400;

/** What comes of starting on files. */
type Outcome = "refused" | "fenced" | "undetected";

/**
 * The directory of a log is copied while the log is written, by a process that knows nothing of it. The log itself never
 * notices; whoever starts on the copy is fenced or refused, and so is whoever puts copied files over the log's own: there
 * are never two logs that both pass for the truth.
 */
export const carelessCopyScenario: Scenario = {
  name: "directory copied under load",
  times: { short: 5, long: 40 },

  async run({ directory, random, times, note }) {
    const log = join(directory, "log");
    const outcomes: Record<Outcome, number> = { refused: 0, fenced: 0, undetected: 0 };
    const undetected: string[] = [];
    async function count(what: string, place: string): Promise<void> {
      const outcome = await outcomeOf(place);
      outcomes[outcome] += 1;
      if (outcome === "undetected") undetected.push(`undetected: ${what} passes for the log`);
      note(`${what}: ${outcome}`);
    }

    const logFile = join(directory, "writer.log");
    const writer = await startWriter({ logDirectory: log, storyFile: join(directory, "story"), logFile });
    const early = join(directory, "early");
    try {
      await moreAppends(writer, random);
      // A log that grows has its witness within a second; some of the copies bring it along.
      await writer.until(() => existsSync(logFiles(log).witness));
      run("cp", "-r", log, early);
      for (let time = 1; time <= times; time++) {
        const copy = join(directory, "copy");
        copies[time % copies.length]?.(log, copy);
        await moreAppends(writer, random);
        await count(`copy ${time} of ${times}`, copy);
        await rm(copy, { recursive: true });
      }
    } finally {
      await writer.kill();
    }
    const { operations, sights, acknowledged } = await writer.story();
    const kept = await soundLog(directory, effectOfAppend);
    const violations = checkHistory({ operations, readers: [sights], log: kept });
    await putOver(early, log);
    await count("a copy that was put over the log", log);
    return { faults: times + 1, kills: 1, acknowledged, violations, undetected, figures: outcomes };
  },
};

async function moreAppends(writer: Writer, random: Random): Promise<void> {
  let enough: number | undefined;
  await writer.until((text) => {
    const now = acknowledgements(text);
    enough ??= now + 1 + random(appendsMax);
    return now >= enough;
  });
}

/** Over the files that are there, which therefore stay the same files. */
async function putOver(copy: string, log: string): Promise<void> {
  const [from, to] = [logFiles(copy), logFiles(log)];
  for (const file of ["ledger", "wal"] as const) await copyFile(from[file], to[file]);
}

/** What a service that starts on these files says. */
async function outcomeOf(directory: string): Promise<Outcome> {
  try {
    const log = openLog({
      directory,
      clock: () => new Date(),
      randomHex: (digits) => randomBytes(digits / 2).toString("hex"),
      onWarning: () => undefined,
    });
    await log.close();
    return log.restored ? "fenced" : "undetected";
  } catch (error) {
    if (error instanceof EventStoreError) return "refused";
    throw error;
  }
}

/** The log's process makes and renames files meanwhile: a careless one does not mind that one is gone, as nothing else. */
function run(command: string, ...words: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, words, {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
  });
  if (error) throw error;
  const minded = stderr
    .split("\n")
    .filter((line) => line !== "" && !line.endsWith(": No such file or directory"));
  if (minded.length > 0 || (status !== 0 && stderr === "")) {
    throw new Error(`${[command, ...words].join(" ")} ended with ${status}: ${minded.join("; ")}`);
  }
}
