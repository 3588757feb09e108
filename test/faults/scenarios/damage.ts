import { randomBytes } from "node:crypto";
import { readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { logFiles } from "../../../src/adapters/event-store/sqlite/log-files.ts";
import { openLog } from "../../../src/adapters/event-store/sqlite/open-log.ts";
import { verifyLog } from "../../../src/maintenance/verify.ts";
import type { Random } from "../../fuzz/mutate.ts";
import { checkHistory } from "../history/check-history.ts";
import type { Scenario } from "../scenario.ts";
import { readKept } from "../support/kept-log.ts";
import { effectOfAppend, killedWriter } from "../support/writer.ts";

/** How a damaged log shows, the sooner the better. */
type Outcome =
  /** The start says that it is damaged. */
  | "refused"
  /** The start says that it is older than it was, and is fenced. */
  | "fenced"
  /** A verification names what is wrong. */
  | "found"
  /** Everything that was acknowledged is there, as it was: the damage is where nothing is, or before a cut. */
  | "harmless"
  /** Something is missing, and nobody says so. */
  | "undetected";

/**
 * Octets that change by themselves in the files of a log whose process was killed, in the database and in the write-ahead
 * log: one bit, some octets, a sector, an end that is missing. Whatever becomes of an acknowledged event, the start or a
 * verification says so.
 */
export const damageScenario: Scenario = {
  name: "flipped and torn octets",
  times: { short: 12, long: 400 },

  async run({ directory, random, times, note }) {
    const data = join(directory, "data");
    const logDirectory = join(data, "log");
    const story = await killedWriter({ directory, logDirectory, appends: 3_000 + random(6_000) });
    const files = await keepFiles(logDirectory);
    const outcomes: Record<Outcome, number> = { refused: 0, fenced: 0, found: 0, harmless: 0, undetected: 0 };
    const undetected: string[] = [];
    for (let time = 1; time <= times; time++) {
      await files.putBack();
      const damage = await files.damageOne(random);
      const outcome = await outcomeOf(data, story.operations);
      outcomes[outcome] += 1;
      if (outcome === "undetected") undetected.push(`undetected: ${damage}`);
      note(`${time} of ${times}: ${damage}: ${outcome}`);
    }
    const acknowledged = story.acknowledged;
    return { faults: times, kills: 1, acknowledged, violations: [], undetected, figures: outcomes };
  },
};

/** What a service and whoever verifies its log would see, in this order. */
async function outcomeOf(
  data: string,
  operations: Parameters<typeof checkHistory>[0]["operations"],
): Promise<Outcome> {
  const directory = join(data, "log");
  try {
    const log = openLog({
      directory,
      clock: () => new Date(),
      randomHex: (digits) => randomBytes(digits / 2).toString("hex"),
      onWarning: () => undefined,
    });
    await log.close();
    if (log.restored) return "fenced";
  } catch {
    return "refused";
  }
  if (verifyLog({ data }).findingCount > 0) return "found";
  const violations = checkHistory({ operations, readers: [], log: readKept(directory, effectOfAppend) });
  return violations.length === 0 ? "harmless" : "undetected";
}

/** The files of a log as they are now. They keep being the same files: a copy would be noticed as one. */
async function keepFiles(logDirectory: string) {
  const { ledger } = logFiles(logDirectory);
  const wal = `${ledger}-wal`;
  const names = (await readdir(logDirectory)).filter((name) => !name.endsWith("-shm") && name !== "lock.db");
  const kept = await Promise.all(
    names.map(async (name) => ({
      path: join(logDirectory, name),
      octets: await readFile(join(logDirectory, name)),
    })),
  );
  const targets = kept.filter(({ path }) => path === ledger || path === wal);

  return {
    async putBack(): Promise<void> {
      const isKept = new Set(kept.map(({ path }) => path));
      for (const name of await readdir(logDirectory)) {
        if (!isKept.has(join(logDirectory, name))) await rm(join(logDirectory, name));
      }
      for (const { path, octets } of kept) await writeFile(path, octets);
    },

    /** Tells what it did. */
    async damageOne(random: Random): Promise<string> {
      const { path, octets } = targets[random(targets.length)] ?? { path: ledger, octets: Buffer.alloc(0) };
      const at = random(octets.length);
      const name = path === wal ? "write-ahead log" : "database";
      const { what, length } = damages[random(damages.length)] ?? { what: "bit", length: 1 };
      if (what === "end") {
        await truncate(path, at);
        return `the ${name} ends at ${at} of ${octets.length}`;
      }
      const damaged = Buffer.from(octets);
      if (what === "bit") damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << random(8)), at);
      else damaged.fill(what === "zeros" ? 0 : randomBytes(64), at, Math.min(octets.length, at + length));
      await writeFile(path, damaged);
      return `${what} at ${at} of the ${name}, ${octets.length} octets long`;
    },
  };
}

const damages = [
  { what: "bit", length: 1 },
  { what: "bit", length: 1 },
  { what: "noise", length: 16 },
  { what: "noise", length: 4_096 },
  { what: "zeros", length: 512 },
  { what: "end", length: 0 },
] as const;
