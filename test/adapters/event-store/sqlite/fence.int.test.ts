import { copyFileSync, cpSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { positionNumber, positionText } from "../../../../src/adapters/event-store/position.ts";
import { logFiles } from "../../../../src/adapters/event-store/sqlite/log-files.ts";
import { RestoreDetected } from "../../../../src/domain/system/events.ts";
import { events, meta, nextId } from "../../../contracts/event-store.support.ts";
import { commit, openTestLog, temporaryDirectory } from "./support.ts";

describe("opening a log", () => {
  test("is no restore in a fresh directory, nor after a restart, nor without its witness", async () => {
    const directory = temporaryDirectory();
    expect((await writeAndClose(directory, 2)).restored).toBeUndefined();
    expect((await writeAndClose(directory, 2)).restored).toBeUndefined();
    rmSync(logFiles(directory).witness);
    expect((await writeAndClose(directory, 2)).restored).toBeUndefined();
  });

  test("keeps its name and its incarnation over restarts", async () => {
    const directory = temporaryDirectory();
    const { identity } = await writeAndClose(directory, 1);
    expect((await writeAndClose(directory, 1)).identity).toEqual(identity);
  });

  test("is no restore after a move of the whole directory", async () => {
    const parent = temporaryDirectory();
    await writeAndClose(join(parent, "old"), 1);
    renameSync(join(parent, "old"), join(parent, "new"));
    expect(openTestLog(join(parent, "new")).restored).toBeUndefined();
  });
});

describe("opening a copy of a log's files", () => {
  test("is noticed in another directory, though the witness came along", async () => {
    const directory = temporaryDirectory();
    const copy = join(temporaryDirectory(), "copy");
    const { identity } = await writeAndClose(directory, 3);
    cpSync(directory, copy, { recursive: true, preserveTimestamps: true });
    const log = openTestLog(copy);
    expect(log.restored).toMatchObject({
      evidence: "copied-files",
      previousIncarnation: identity.incarnation,
    });
    expect(log.identity.logId).toBe(identity.logId);
    expect(log.identity.incarnation).toMatch(/^0002/);
  });

  test("is noticed where the old directory was deleted first", async () => {
    const { directory, backup } = await writeWithBackup();
    rmSync(directory, { recursive: true });
    cpSync(backup, directory, { recursive: true });
    expect(openTestLog(directory).restored).toMatchObject({ evidence: "copied-files" });
  });

  test("is noticed over the newer file, by the witness that stayed", async () => {
    const { directory, backup, incarnation } = await writeWithBackup();
    copyFileSync(logFiles(backup).ledger, logFiles(directory).ledger);
    const log = openTestLog(directory);
    expect(log.restored).toEqual({
      evidence: "older-than-witness",
      previousIncarnation: incarnation,
      message: "the log had 5 events, and now has 2",
    });
    expect(log.identity.incarnation).toMatch(/^0002/);
  });

  test("is noticed when the copy has grown past the witness, by the hash", async () => {
    const { directory, backup } = await writeWithBackup();
    const { ledger, witness, reached } = logFiles(directory);
    const seen = readFileSync(witness);
    copyFileSync(logFiles(backup).ledger, ledger);
    rmSync(witness);
    rmSync(reached);
    await writeAndClose(directory, 9);
    writeFileSync(witness, seen);
    expect(openTestLog(directory).restored?.message).toBe("event 5 is not the one that was there");
  });

  test("is noticed when the log is gone and its witness is not", async () => {
    const { directory } = await writeWithBackup();
    rmSync(logFiles(directory).ledger);
    const log = openTestLog(directory);
    expect(log.restored).toMatchObject({
      evidence: "older-than-witness",
      message: "witness.json is of another log",
    });
  });

  test("is assumed when the witness is unreadable", async () => {
    const { directory } = await writeWithBackup();
    writeFileSync(logFiles(directory).witness, "{");
    expect(openTestLog(directory).restored).toMatchObject({ evidence: "older-than-witness" });
  });
});

describe("a copy that was noticed", () => {
  test("starts one incarnation, however often the start is cut short", async () => {
    const { directory, backup } = await writeWithBackup();
    const { ledger, witness } = logFiles(directory);
    const newer = readFileSync(witness);
    copyFileSync(logFiles(backup).ledger, ledger);
    const first = openTestLog(directory);
    await first.close();
    // As after a crash before the witness was written anew.
    writeFileSync(witness, newer);
    const second = openTestLog(directory);
    expect(second.restored).toEqual(first.restored);
    expect(second.identity).toEqual(first.identity);
  });

  test("is told of until the event that tells of it is in the log", async () => {
    const { directory, backup } = await writeWithBackup();
    copyFileSync(logFiles(backup).ledger, logFiles(directory).ledger);
    const log = openTestLog(directory);
    const data = { ...log.restored };
    commit(log, "system", [{ id: nextId(), type: RestoreDetected.type, schema: 1, data, meta }]);
    await log.close();
    expect(openTestLog(directory).restored).toBeUndefined();
  });

  test("makes the positions that were given before unknown", async () => {
    const { directory, backup, incarnation, logId } = await writeWithBackup();
    copyFileSync(logFiles(backup).ledger, logFiles(directory).ledger);
    const { identity } = openTestLog(directory);
    const old = positionText({ logId, incarnation }, 1);
    expect(() => positionNumber(identity, old)).toThrow("before the log was restored");
  });
});

describe("a rollback of the whole directory in place, as by a snapshot of the disk", () => {
  test("cannot be noticed from inside: the log comes up unfenced", async () => {
    const { directory } = await writeRolledBack();
    expect(openTestLog(directory).restored).toBeUndefined();
  });

  test("is noticed by what was signed and is kept elsewhere", async () => {
    const { directory, logId, incarnation } = await writeRolledBack();
    const log = openTestLog(directory, { signed: [{ logId, incarnation, size: 3 }] });
    expect(log.restored).toEqual({
      evidence: "older-than-checkpoint",
      previousIncarnation: incarnation,
      message: "a checkpoint was signed over 3 events, and the log has 2",
    });
    expect(log.identity.incarnation).toMatch(/^0002/);
    await log.close();
    // Until it is recorded; of the new incarnation nothing was signed.
    const again = openTestLog(directory, { signed: [{ logId, incarnation, size: 3 }] });
    expect(again.identity).toEqual(log.identity);
    expect(again.restored).toEqual(log.restored);
  });

  test("is not told by what was signed of fewer events, another log or another incarnation", async () => {
    const { directory, logId, incarnation } = await writeRolledBack();
    const signed = [
      { logId, incarnation, size: 2 },
      { logId: "f".repeat(16), incarnation, size: 9 },
      { logId, incarnation: "0009deadbeef", size: 9 },
    ];
    expect(openTestLog(directory, { signed }).restored).toBeUndefined();
  });

  test("leaves positions from after it unknown", async () => {
    const { directory, lost } = await writeRolledBack();
    const { identity, reader } = openTestLog(directory);
    const after = positionNumber(identity, lost);
    expect(() => reader.page({ after, limit: 1, filter: undefined })).toThrow("beyond the end");
  });
});

async function writeAndClose(directory: string, count: number) {
  const log = openTestLog(directory);
  commit(log, "machine-1", events(count));
  await log.close();
  return log;
}

/** A log of five events, and a copy from when it had two. */
async function writeWithBackup() {
  const directory = temporaryDirectory();
  const backup = temporaryDirectory();
  const { identity } = await writeAndClose(directory, 2);
  cpSync(directory, backup, { recursive: true });
  await writeAndClose(directory, 3);
  return { directory, backup, ...identity };
}

/** A log that had five events, in the very files of which the contents are those from when it had two. */
async function writeRolledBack() {
  const { directory, backup, logId, incarnation } = await writeWithBackup();
  for (const name of ["ledger", "witness", "reached", "lock"] as const) {
    copyFileSync(logFiles(backup)[name], logFiles(directory)[name]);
  }
  return { directory, logId, incarnation, lost: positionText({ logId, incarnation }, 5) };
}
