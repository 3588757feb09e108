import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { logFiles } from "../../src/adapters/event-store/sqlite/log-files.ts";
import { RestoreDetected } from "../../src/domain/system/events.ts";
import { restoreLog } from "../../src/maintenance/restore.ts";
import { commit, openRaw, openTestLog, temporaryDirectory } from "../adapters/event-store/sqlite/support.ts";
import { events, meta, nextId } from "../contracts/event-store.support.ts";

const randomHex = (digits: number) => "7".repeat(digits);

describe("restoring a log", () => {
  test("makes the same log in another incarnation, which is to be fenced", async () => {
    const { source, log, directory } = writeSource(3);
    const restored = await restoreLog({ source, directory, randomHex });
    expect(restored).toEqual({
      evidence: "restore-command",
      previousIncarnation: log.identity.incarnation,
      message: `restored from ${source}`,
    });
    const again = openTestLog(directory);
    expect(again.restored).toEqual(restored);
    expect(again.identity).toEqual({ logId: log.identity.logId, incarnation: "000277777777" });
    expect(again.reader.stream("machine-1", {})).toEqual(log.reader.stream("machine-1", {}));
  });

  test("stays to be fenced over restarts until a RestoreDetected event tells of it", async () => {
    const { source, directory } = writeSource(3);
    const restored = await restoreLog({ source, directory, randomHex });
    for (let start = 0; start < 2; start++) {
      const log = openTestLog(directory);
      expect(log.restored).toEqual(restored);
      await log.close();
    }
    const log = openTestLog(directory);
    commit(log, "system", [{ id: nextId(), type: RestoreDetected.type, schema: 1, data: restored, meta }]);
    await log.close();
    expect(openTestLog(directory).restored).toBeUndefined();
  });

  test("copies a log that is being written, up to one of its events", async () => {
    const { source, log, directory } = writeSource(500);
    const restoring = restoreLog({ source, directory, randomHex });
    for (let n = 0; n < 20; n++) commit(log, "machine-1", events(1));
    await restoring;
    const head = openTestLog(directory).reader.head();
    expect(head).toBeGreaterThanOrEqual(500);
    expect(head).toBeLessThanOrEqual(520);
  });

  test("keeps every restore apart from the others", async () => {
    const { source, directory } = writeSource(1);
    const other = join(temporaryDirectory(), "log");
    await restoreLog({ source, directory, randomHex });
    await restoreLog({ source, directory: other, randomHex: (digits) => "8".repeat(digits) });
    expect(openTestLog(other).identity).not.toEqual(openTestLog(directory).identity);
  });

  test("refuses a directory that has something in it", async () => {
    const { source } = writeSource(1);
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "notes.txt"), "mine");
    await expect(restoreLog({ source, directory, randomHex })).rejects.toThrow(`${directory} is not empty`);
  });

  test("refuses a source that is not there, and leaves no directory behind", async () => {
    const directory = join(temporaryDirectory(), "log");
    const source = join(directory, "absent.db");
    await expect(restoreLog({ source, directory, randomHex })).rejects.toThrow("does not exist");
    expect(existsSync(directory)).toBe(false);
  });

  test("refuses a source that is damaged, and a service refuses what it left", async () => {
    const { source, log, directory, sourceDirectory } = writeSource(3);
    await log.close();
    const raw = openRaw(sourceDirectory);
    raw.exec(`DROP TRIGGER event_never_changes; UPDATE event SET data = '{"n":7}' WHERE position = 3`);
    raw.close();
    await expect(restoreLog({ source, directory, randomHex })).rejects.toMatchObject({ code: "LOG_DAMAGED" });
    expect(() => openTestLog(directory)).toThrow("a restore did not finish");
  });
});

function writeSource(count: number) {
  const sourceDirectory = temporaryDirectory();
  const log = openTestLog(sourceDirectory);
  commit(log, "machine-1", events(count));
  const directory = join(temporaryDirectory(), "log");
  return { sourceDirectory, source: logFiles(sourceDirectory).ledger, log, directory };
}
