import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { verifyLog } from "../../../../../src/maintenance/verify.ts";
import { openTestLog, temporaryDirectory } from "../support.ts";
import { commitAll, expectWhole, fact, makeFleetLog, readAll } from "./archive.support.ts";
import { archiveDays } from "./archive-days.ts";

const archiveProcess = join(import.meta.dirname, "archive-process.ts");
const days = 2;

/** Archives a log in a process that ends at a step, or is killed after a while. Returns the signal that ended it. */
async function archiveCutShort(
  directory: string,
  { step = 0, afterMs }: { readonly step?: number; readonly afterMs?: number },
): Promise<string | null> {
  const act = afterMs === undefined ? "killed" : "whole";
  const child = spawn(process.execPath, [archiveProcess, directory, String(days), String(step), act], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  await once(child.stdout, "data");
  if (afterMs !== undefined) {
    await pause(afterMs);
    child.kill("SIGKILL");
  }
  const [, signal] = await ended;
  return signal;
}

describe("archiving that is cut short", () => {
  // Two segments are written and told of, then the file is copied and replaced.
  test.each([1, 2, 3, 4, 5, 6])("loses nothing at step %i", async (step) => {
    const data = temporaryDirectory();
    await makeFleetLog(join(data, "log"), 3);
    const before = readAll(join(data, "log"));
    expect(await archiveCutShort(join(data, "log"), { step })).toBe("SIGKILL");
    await expectWhole(data, { before, days });
  });

  test("loses nothing at any moment", async () => {
    const made = temporaryDirectory();
    await makeFleetLog(join(made, "log"), 3);
    let killed = 0;
    for (let trial = 0; trial < 4; trial++) {
      const data = temporaryDirectory();
      cpSync(made, data, { recursive: true });
      // A copy is another file. The first start on it takes note of that, and is not what is looked at here.
      const copied = openTestLog(join(data, "log"), { clock: () => new Date("2026-06-01T00:00:00Z") });
      const { incarnation: previousIncarnation } = copied.identity;
      const told = { evidence: "copied-files", previousIncarnation, message: "copied" };
      commitAll(copied, "system", [fact("RestoreDetected", told)]);
      await copied.close();
      const before = readAll(join(data, "log"));
      if ((await archiveCutShort(join(data, "log"), { afterMs: trial * 30 })) !== null) killed++;
      await expectWholeCopy(data, before);
    }
    expect(killed).toBeGreaterThan(0);
  });
});

/** As `expectWhole`, of a log that knows that it is a copy. */
async function expectWholeCopy(data: string, before: readonly unknown[]): Promise<void> {
  const directory = join(data, "log");
  const old = () => readAll(directory).filter((row) => row[4] !== "SegmentArchived");
  expect(old()).toEqual(before);
  expect(verifyLog({ data }).findings).toEqual([]);
  await archiveDays(directory, days);
  expect(old()).toEqual(before);
  expect(verifyLog({ data }).findings).toEqual([]);
}
