import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { backUpLog, digestFileOf } from "../../../../src/adapters/event-store/sqlite/back-up.ts";
import { logFiles } from "../../../../src/adapters/event-store/sqlite/log-files.ts";
import { startLogThread } from "../../../../src/adapters/event-store/sqlite/log-thread.ts";
import { createSqliteEventStore } from "../../../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import { restoreLog } from "../../../../src/maintenance/restore.ts";
import { threadEntry } from "../../../../src/paths.ts";
import { events } from "../../../contracts/event-store.support.ts";
import { afterwards } from "../../../support/afterwards.ts";
import { commit, openRaw, openTestLog, temporaryDirectory } from "./support.ts";

const randomHex = (digits: number) => "7".repeat(digits);

/** A log with events, and where a copy of it goes. */
function writtenLog(count: number) {
  const directory = temporaryDirectory();
  const log = openTestLog(directory);
  for (let n = 0; n < count; n++) commit(log, `machine-${n % 3}`, events(1));
  return { directory, log, file: join(temporaryDirectory(), "copy.db") };
}

/** The events of a log that was made of a copy. */
async function restoredEvents(file: string) {
  const directory = join(temporaryDirectory(), "log");
  await restoreLog({ source: file, directory, randomHex });
  const { reader } = openTestLog(directory);
  return reader.page({ after: 0, limit: 1_000, filter: undefined }).rows;
}

describe("backing up a log", () => {
  test("makes a copy that restores to the same events", async () => {
    const { directory, log, file } = writtenLog(20);
    const before = log.reader.page({ after: 0, limit: 1_000, filter: undefined }).rows;
    const facts = await backUpLog({ directory, file });
    expect(facts).toEqual({
      file: "copy.db",
      events: 20,
      lastHash: before.at(-1)?.at(-1),
      bytes: statSync(file).size,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await restoredEvents(file)).toEqual(before);
  });

  test("leaves one file and its digest, which sha256sum reads, to this user alone", async () => {
    const { directory, file } = writtenLog(3);
    const { sha256 } = await backUpLog({ directory, file });
    const folder = join(file, "..");
    expect(readdirSync(folder).sort()).toEqual(["copy.db", "copy.db.sha256"]);
    expect(readFileSync(digestFileOf(file), "utf8")).toBe(`${sha256}  copy.db\n`);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    const check = spawnSync("sha256sum", ["-c", "copy.db.sha256"], { cwd: folder, encoding: "utf8" });
    expect(check).toMatchObject({ status: 0, stdout: "copy.db: OK\n" });
  });

  test("copies an empty log", async () => {
    const { directory, file } = writtenLog(0);
    expect(await backUpLog({ directory, file })).toMatchObject({ events: 0, lastHash: "" });
    expect(await restoredEvents(file)).toEqual([]);
  });

  test("refuses a file that is there, and leaves it alone", async () => {
    const { directory, file } = writtenLog(1);
    writeFileSync(file, "mine");
    await expect(backUpLog({ directory, file })).rejects.toMatchObject({ code: "BACKUP_FAILED" });
    expect(readFileSync(file, "utf8")).toBe("mine");
  });

  test("is refused where there is no room, and leaves nothing", async () => {
    const { directory, file } = writtenLog(1);
    const backup = backUpLog({ directory, file, freeBytes: () => 64 * 1024 * 1024 });
    await expect(backup).rejects.toMatchObject({ code: "BACKUP_NO_SPACE" });
    expect(readdirSync(join(file, ".."))).toEqual([]);
  });

  test("takes the place of what a backup that was cut short left", async () => {
    const { directory, file } = writtenLog(1);
    for (const suffix of [".new", ".new-journal"]) writeFileSync(`${file}${suffix}`, "half");
    await backUpLog({ directory, file });
    expect(readdirSync(join(file, "..")).sort()).toEqual(["copy.db", "copy.db.sha256"]);
  });

  test("does not hand out a copy of a log that is damaged", async () => {
    const { directory, log, file } = writtenLog(5);
    await log.close();
    const raw = openRaw(directory);
    raw.exec(`DROP TRIGGER event_never_changes; UPDATE event SET data = '{"n":9}' WHERE position = 4`);
    raw.close();
    await expect(backUpLog({ directory, file })).rejects.toMatchObject({ code: "LOG_DAMAGED" });
    expect(readdirSync(join(file, ".."))).toEqual([]);
  });
});

describe("restoring a backup", () => {
  test("refuses one that is not as it was taken, and makes no directory", async () => {
    const { directory, file } = writtenLog(5);
    await backUpLog({ directory, file });
    appendFileSync(file, "x");
    const target = join(temporaryDirectory(), "log");
    const restored = restoreLog({ source: file, directory: target, randomHex });
    await expect(restored).rejects.toThrow("is not as it was when it was taken");
    expect(existsSync(target)).toBe(false);
  });
});

describe("backing up a log that is being written", () => {
  test("ends under a thousand appends a second, none of which fails, and has all that was acknowledged before", async () => {
    const directory = join(temporaryDirectory(), "log");
    mkdirSync(directory);
    const thread = await startLogThread({
      entry: threadEntry("log"),
      directory,
      onHealth: (health) => expect(health).toBe("writable"),
      onWarning: (message) => expect(message).toBe(""),
      onFailure(error) {
        throw error;
      },
    });
    afterwards(() => thread.close());
    const store = createSqliteEventStore(thread.connect());
    afterwards(() => store.close());
    for (let n = 0; n < 40; n++) {
      await store.append(`machine-${n}`, { expectedRevision: "no-stream", events: events(100) });
    }

    const load = appendSteadily(store);
    await load.reached(200);
    const acknowledged = load.acknowledged();
    const file = join(temporaryDirectory(), "copy.db");
    const facts = await backUpLog({ directory, file });
    await load.stop();
    expect(facts.events).toBeGreaterThanOrEqual(4_000 + acknowledged);
    expect(facts.events).toBeLessThanOrEqual(4_000 + load.acknowledged());
    expect(existsSync(logFiles(directory).ledger)).toBe(true);

    const source = await store.readAll({ after: undefined, limit: 1 });
    const [first] = await restoredEvents(file);
    expect(first?.at(-1)).toBe(source.events[0]?.hash);
  });
});

/** A thousand appends a second, whatever becomes of those before. */
function appendSteadily(store: ReturnType<typeof createSqliteEventStore>) {
  const underWay = new Set<Promise<void>>();
  let count = 0;
  let enough = { at: 0, reached: Promise.withResolvers<void>() };

  async function append(): Promise<void> {
    const result = await store.append("address-10.0.0.1", { expectedRevision: "any", events: events(1) });
    expect(result.outcome).toBe("appended");
    if (++count === enough.at) enough.reached.resolve();
  }

  const timer = setInterval(() => {
    for (let n = 0; n < 10; n++) {
      const appending = append().finally(() => underWay.delete(appending));
      underWay.add(appending);
    }
  }, 10);

  return {
    acknowledged: () => count,
    reached(at: number): Promise<void> {
      enough = { at, reached: Promise.withResolvers<void>() };
      return enough.reached.promise;
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await Promise.all(underWay);
    },
  };
}
