import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { logFiles } from "../../../../src/adapters/event-store/sqlite/log-files.ts";
import { readWitness } from "../../../../src/adapters/event-store/sqlite/witness.ts";
import { events } from "../../../contracts/event-store.support.ts";
import { commit, openTestLog, temporaryDirectory } from "./support.ts";

describe("the witness", () => {
  test("follows the log while it is written", async () => {
    const directory = temporaryDirectory();
    const log = openTestLog(directory);
    commit(log, "machine-1", events(3));
    const [newest] = log.reader.stream("machine-1", { newestOnly: true });
    const expected = { ...log.identity, position: 3, hash: newest?.[9] };
    const seen = () => expect(readWitness(logFiles(directory).witness)).toEqual(expected);
    await vi.waitFor(seen, { timeout: 60_000 });
  });

  test("is up to date after a clean stop", async () => {
    const directory = temporaryDirectory();
    const log = openTestLog(directory);
    commit(log, "machine-1", events(5));
    await log.close();
    expect(readWitness(logFiles(directory).witness)).toMatchObject({ position: 5 });
  });

  test("that cannot be written is told of, and the log goes on", async () => {
    const directory = temporaryDirectory();
    const warnings: string[] = [];
    mkdirSync(`${logFiles(directory).witness}.new`);
    const log = openTestLog(directory, { onWarning: (message) => warnings.push(message) });
    expect(commit(log, "machine-1", events(1))).toMatchObject({ outcome: "appended" });
    await log.close();
    expect(warnings[0]).toContain(`${logFiles(directory).witness} cannot be written`);
  });

  test.each([
    "{",
    "[]",
    '{"logId":"a","incarnation":"b","position":1.5,"hash":""}',
  ])("is unreadable as %s", (text) => {
    const path = join(temporaryDirectory(), "witness.json");
    expect(readWitness(path)).toBeUndefined();
    writeFileSync(path, text);
    expect(readWitness(path)).toBe("unreadable");
  });
});
