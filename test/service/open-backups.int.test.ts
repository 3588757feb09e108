import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import { describe, expect, onTestFinished, test } from "vitest";
import type { LogPlace } from "../../src/service/ledger/ledger.ts";
import { openBackups } from "../../src/service/open-backups.ts";
import { commit, openTestLog, temporaryDirectory } from "../adapters/event-store/sqlite/support.ts";
import { events } from "../contracts/event-store.support.ts";

/** A log in files, of which the line to its thread is not used. */
function files(directory: string): LogPlace {
  const { port1: port } = new MessageChannel();
  onTestFinished(() => port.close());
  return { kind: "sqlite", directory, line: { logId: "", incarnation: "", port } };
}

/** Takes backups of a log with so many events. */
function backupsOf(count: number) {
  const logDirectory = temporaryDirectory();
  const log = openTestLog(logDirectory);
  for (let n = 0; n < count; n++) commit(log, "machine-1", events(1));
  const backupsDirectory = join(temporaryDirectory(), "backups");
  let nowMs = Date.parse("2026-03-04T05:06:07.008Z");
  const clock = () => new Date(nowMs++);
  return { backups: openBackups({ log: files(logDirectory), backupsDirectory, clock }), backupsDirectory };
}

describe("taking a backup of the service's log", () => {
  test("names it by when it began, in a directory that is made for it", async () => {
    const { backups, backupsDirectory } = backupsOf(3);
    expect(await backups.take()).toMatchObject({ file: "ledger-20260304T050607008Z.db", events: 3 });
    expect(await backups.take()).toMatchObject({ file: "ledger-20260304T050607009Z.db" });
    expect(readdirSync(backupsDirectory).filter((name) => name.endsWith(".db"))).toHaveLength(2);
  });

  test("is done once at a time, and again after that", async () => {
    const { backups } = backupsOf(3);
    const [first, second] = await Promise.allSettled([backups.take(), backups.take()]);
    expect([first.status, second.status]).toEqual(["fulfilled", "rejected"]);
    expect(second).toMatchObject({ reason: { code: "BACKUP_RUNNING" } });
    expect(await backups.take()).toMatchObject({ events: 3 });
  });

  test("says why it failed, and can be tried again", async () => {
    const { backups, backupsDirectory } = backupsOf(1);
    writeFileSync(backupsDirectory, "a file is in the way");
    await expect(backups.take()).rejects.toMatchObject({
      code: "BACKUP_FAILED",
      message: expect.stringContaining(backupsDirectory),
    });
    await expect(backups.take()).rejects.toMatchObject({ code: "BACKUP_FAILED" });
  });

  test("says what the thread says of a log that is not there", async () => {
    const directory = temporaryDirectory();
    const backups = openBackups({
      log: files(join(directory, "nothing")),
      backupsDirectory: directory,
      clock: () => new Date(0),
    });
    await expect(backups.take()).rejects.toMatchObject({
      code: "BACKUP_FAILED",
      message: expect.stringContaining("does not exist"),
    });
  });

  test("leaves it to the engine that has the log", async () => {
    const backups = openBackups({
      log: { kind: "engine", connectionString: "esdb://localhost:2113?tls=false" },
      backupsDirectory: temporaryDirectory(),
      clock: () => new Date(0),
    });
    await expect(backups.take()).rejects.toMatchObject({ code: "BACKUP_ELSEWHERE" });
  });
});
