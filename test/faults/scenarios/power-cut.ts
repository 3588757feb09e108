import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { logFiles } from "../../../src/adapters/event-store/sqlite/log-files.ts";
import { readReached } from "../../../src/adapters/event-store/sqlite/reached.ts";
import { openChecked } from "../../../src/adapters/event-store/sqlite/session.ts";
import { checkWriteAheadLog } from "../../../src/adapters/event-store/sqlite/wal-check.ts";
import { readWitness } from "../../../src/adapters/event-store/sqlite/witness.ts";
import { checkHistory, type Violation } from "../history/check-history.ts";
import { readWriterLines, type WriterStory } from "../load/writer-lines.ts";
import { createDisk, type Disk, type Mercy } from "../power-cut/disk.ts";
import { readTrace } from "../power-cut/trace.ts";
import type { Scenario, ScenarioOptions, ScenarioReport } from "../scenario.ts";
import { createShim, type Shim } from "../shim/shim.ts";
import { verifiedLog } from "../support/kept-log.ts";
import { acknowledgements, effectOfAppend, startWriter, type Writer } from "../support/writer.ts";

/** Appends that the writer makes: enough for the write-ahead log to be put into the database and begun anew. */
const appendsMin = 5_000;

/** How many writers are killed while their disk fails to sync. */
const killed = 3;

/** How often the disk of each writer fails to sync and works again before that. */
const failures = 3;

const mercies: readonly Mercy[] = ["none", "some", "some", "all"];

/**
 * Power cuts at random moments: of one run of the log under load, everything that it did to its files is taken down, and
 * what a power cut would have left at a moment is made of that. Of what was written and not yet synced, any part may be
 * missing, down to single sectors. Each time the log must open and hold what was acknowledged before.
 */
export const powerCutScenario: Scenario = {
  name: "power cut",
  times: { short: 6, long: 200 },
  run: (options) => cutPower(options, "honest"),
};

/** The same of a disk that failed to sync for a while before, and forgot what it could not write. */
export const failedSyncScenario: Scenario = {
  name: "power cut after failed syncs",
  times: { short: 5, long: 100 },
  run: (options) => cutPower(options, "failing"),
};

/** The same on a disk that says it synced, and did not: shows that the scenario finds what is lost. */
export function cutPowerOfLyingDisk(options: ScenarioOptions): Promise<ScenarioReport> {
  return cutPower(options, "lying");
}

type Syncs = "honest" | "failing" | "lying";

async function cutPower(options: ScenarioOptions, syncs: Syncs): Promise<ScenarioReport> {
  const { directory, random, times, note } = options;
  const trace = await traceOfRun(directory, syncs);
  const deeds = [...readTrace(trace)];
  const cuts = Array.from({ length: times }, () => random(deeds.length)).sort((one, other) => one - other);
  const disk = createDisk(random);
  const violations: Violation[] = [];
  let acknowledged = 0;
  for (const [index, deed] of deeds.entries()) {
    disk.do(deed);
    for (; cuts[0] === index; cuts.shift()) {
      const mercy = mercies[random(mercies.length)] ?? "some";
      const cut = await lookAfterCut(disk, { directory, mercy });
      acknowledged = Math.max(acknowledged, cut.acknowledged);
      violations.push(...cut.violations);
      note(`${times - cuts.length + 1} of ${times}`);
    }
  }
  const figures = { deeds: deeds.length, traceBytes: trace.length };
  return { faults: times, kills: 0, acknowledged, violations, undetected: [], figures };
}

/**
 * Everything that a log under load did to its files, and its writers to the files of what they were told. On a failing
 * disk each writer goes on by itself a few times, and each but the last is then killed when it cannot sync any more, so
 * that the next one finds what it wrote.
 */
async function traceOfRun(directory: string, syncs: Syncs): Promise<Buffer> {
  const meant = join(directory, "traced");
  const shim = createShim({ directory, meant, traced: true });
  shim.behave({ syncLies: syncs === "lying" });
  const runs = syncs === "failing" ? killed + 1 : 1;
  for (let run = 1; run <= runs; run++) {
    const writer = await startWriter({
      logDirectory: join(meant, "log"),
      storyFile: join(meant, `story-${run}`),
      logFile: join(directory, "writer.log"),
      under: shim.under,
    });
    try {
      await writer.until((text) => acknowledgements(text) > 0);
      for (let failed = 0; syncs === "failing" && failed < failures; failed++) {
        await failToSync(writer, shim);
        shim.behave({});
        await writer.until((text) => healthOf(text) === "writable");
      }
      await writer.until((text) => acknowledgements(text) > appendsMin / runs);
      if (run < runs) await failToSync(writer, shim);
    } finally {
      await writer.kill();
    }
    shim.behave({ syncLies: syncs === "lying" });
  }
  return readFile(shim.traceFile);
}

async function failToSync(writer: Writer, shim: Shim): Promise<void> {
  shim.behave({ onSync: "EIO" });
  await writer.until((text) => healthOf(text) === "read-only");
}

/** What the writer was told last of its log. */
function healthOf(text: string): string | undefined {
  return text
    .split("\n")
    .findLast((line) => line.startsWith("health "))
    ?.slice("health ".length);
}

interface Cut {
  readonly directory: string;
  readonly mercy: Mercy;
}

async function lookAfterCut(
  disk: Disk,
  { directory, mercy }: Cut,
): Promise<Pick<ScenarioReport, "acknowledged" | "violations">> {
  const data = await mkdtemp(join(directory, "cut-"));
  const log = join(data, "log");
  await mkdir(log);
  // What the writer was told it knew at once: that file is no part of what is on the disk.
  const told = disk.afterPowerCut("all");
  for (const [name, content] of disk.afterPowerCut(mercy)) {
    const isOfLog = name.includes("/log/") && !name.endsWith("-shm");
    if (isOfLog) await writeFile(join(log, basename(name)), content);
  }
  const stories = [...told]
    .filter(([name]) => basename(name).startsWith("story-"))
    .map(([, content]) => readWriterLines(content.toString()));
  const violations = checkWhatIsLeft(data, stories);
  await rm(data, { recursive: true });
  return { acknowledged: acknowledgedIn(stories), violations };
}

function acknowledgedIn(stories: readonly WriterStory[]): number {
  return stories.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
}

function checkWhatIsLeft(data: string, stories: readonly WriterStory[]): readonly Violation[] {
  const operations = stories.flatMap((story) => story.operations);
  const readers = stories.map(({ sights }) => sights);
  try {
    const files = logFiles(join(data, "log"));
    checkWriteAheadLog(files.wal);
    openChecked(files.ledger).close();
    // Before the log was made there is nothing to be sound.
    const log = operations.length === 0 ? [] : verifiedLog(data, effectOfAppend);
    return [...checkHistory({ operations, readers, log }), ...checkNotes(files, log.length)];
  } catch (error) {
    const message = `${acknowledgedIn(stories)} were acknowledged, and the log cannot be opened: ${error}`;
    return [{ rule: "lost", message }];
  }
}

/** What is written down beside the log of how far it had come would have it fenced, were it to know more than the log. */
function checkNotes({ witness, reached }: ReturnType<typeof logFiles>, head: number): readonly Violation[] {
  const notes = [readWitness(witness), readReached(reached)];
  return notes
    .filter((note) => note === "unreadable" || (note !== undefined && note.position > head))
    .map((note) => ({ rule: "lost", message: `the log has ${head} events, and ${JSON.stringify(note)}` }));
}
