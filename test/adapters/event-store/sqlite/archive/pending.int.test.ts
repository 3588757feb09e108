import { cpSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { backUpLog } from "../../../../../src/adapters/event-store/sqlite/back-up.ts";
import { restoreLog } from "../../../../../src/maintenance/restore.ts";
import { verifyLog } from "../../../../../src/maintenance/verify.ts";
import { openTestLog, temporaryDirectory } from "../support.ts";
import { commitAll, fact, makeFleetLog, readAll } from "./archive.support.ts";
import { archiveDays } from "./archive-days.ts";

/** A log that tells of a segment which its file still has all events of: archiving was cut short. */
async function cutShort() {
  const data = temporaryDirectory();
  const directory = join(data, "log");
  await makeFleetLog(directory, 3);
  const before = readAll(directory);
  const cut = archiveDays(directory, 1, {
    onStep({ step }) {
      if (step === "recorded") throw new Error("the power is cut");
    },
  });
  await expect(cut).rejects.toThrow("the power is cut");
  const folder = join(directory, "archive");
  const [file = ""] = readdirSync(folder);
  return { data, directory, before, archived: join(folder, file) };
}

/** All of a log that is not about archives and restores. */
const oldOf = (directory: string, { length }: readonly unknown[]) => readAll(directory).slice(0, length);

describe("a segment that is told of, and whose events are in the log's file, too", () => {
  test("is no reason to take a copied log for the one that it was copied from", async () => {
    const { directory } = await cutShort();
    const copy = join(temporaryDirectory(), "log");
    cpSync(directory, copy, { recursive: true });
    expect(await archiveDays(copy, 1)).toMatchObject({ events: 0 });
    const log = openTestLog(copy);
    expect(log.restored).toMatchObject({ evidence: "copied-files" });
    await log.close();
  });

  test.each([
    ["is gone", (file: string) => rmSync(file)],
    ["was cut", (file: string) => writeFileSync(file, "cut")],
  ])("is archived anew when its archive %s", async (_what, spoil) => {
    const { data, directory, before, archived } = await cutShort();
    spoil(archived);
    expect(await archiveDays(directory, 1)).toMatchObject({ segments: 1 });
    expect(oldOf(directory, before)).toEqual(before);
    expect(verifyLog({ data }).findings).toEqual([]);
  });

  test("is archived anew where a backup that was taken meanwhile is restored", async () => {
    const { directory, before } = await cutShort();
    const source = join(temporaryDirectory(), "backup.db");
    await backUpLog({ directory, file: source });
    const data = temporaryDirectory();
    const restored = join(data, "log");
    await restoreLog({ source, directory: restored, randomHex: () => "0a1b2c3d" });
    expect(await archiveDays(restored, 1)).toMatchObject({ events: 0 });

    const log = openTestLog(restored, { clock: () => new Date("2026-06-01T00:00:00Z") });
    const { incarnation: previousIncarnation } = log.identity;
    const told = { evidence: "restore-command", previousIncarnation, message: "restored" };
    commitAll(log, "system", [fact("RestoreDetected", told)]);
    await log.close();
    expect(await archiveDays(restored, 1)).toMatchObject({ segments: 1 });
    expect(oldOf(restored, before)).toEqual(before);
    expect(verifyLog({ data }).findings).toEqual([]);
  });
});
