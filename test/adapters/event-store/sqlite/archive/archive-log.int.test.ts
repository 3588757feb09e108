import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { verifiableLines } from "../../../../../src/adapters/event-store/sqlite/export-stored-log.ts";
import { logFiles } from "../../../../../src/adapters/event-store/sqlite/log-files.ts";
import { openLogReader } from "../../../../../src/adapters/event-store/sqlite/open-reader.ts";
import type { StreamSlice } from "../../../../../src/domain/ports/event-store.ts";
import { verifyLog } from "../../../../../src/maintenance/verify.ts";
import { openRaw, openTestLog, temporaryDirectory } from "../support.ts";
import { commitAll, fact, liveRound, makeFleetLog, readAll, reading, stored } from "./archive.support.ts";
import { archiveDays } from "./archive-days.ts";

/** Directory of a data directory's log with so many days of events. */
async function fleet(days: number): Promise<{ readonly data: string; readonly directory: string }> {
  const data = temporaryDirectory();
  const directory = join(data, "log");
  await makeFleetLog(directory, days);
  return { data, directory };
}

const filters = [
  undefined,
  { categories: ["network"] },
  { categories: ["address", "machine"], types: ["LeaseReleased", "MachineRetired"] },
  { streams: ["machine-stays", "address-10.0.0.3", "machine-none"] },
  { types: ["SegmentArchived"] },
];

const slices: readonly StreamSlice[] = [
  {},
  { from: 1 },
  { from: 5 },
  { newestOnly: true },
  { newestOnly: true, from: 3 },
  { limit: 1 },
  { from: 2, limit: 4 },
  { from: 99 },
];

function streamsOf(directory: string): readonly string[] {
  return [...new Set(readAll(directory).map(([, stream]) => stream)), "machine-none"];
}

function slicesOf(directory: string, streams: readonly string[]) {
  return reading(directory, (reader) =>
    streams.map((stream) => slices.map((slice) => reader.stream(stream, slice))),
  );
}

function exported(directory: string, after: number, through: number): string {
  return stored(directory, (log) => [...verifiableLines(log, { after, through })].join(""));
}

describe("archiving", () => {
  test("leaves all that can be read of the log as it was", async () => {
    const { data, directory } = await fleet(6);
    const before = readAll(directory);
    const streams = streamsOf(directory).filter((name) => name !== "system");
    const slicesBefore = slicesOf(directory, streams);
    const ranges = [0, 1, 50, 100, 150].map((after) => exported(directory, after, before.length));

    const done = await archiveDays(directory, 4);
    expect(done).toMatchObject({ segments: 4 });
    expect(done.events).toBeGreaterThan(100);
    const added = readAll(directory).slice(before.length);
    expect(added.map(([, stream, , , type]) => `${stream} ${type}`)).toEqual(
      Array(4).fill("system SegmentArchived"),
    );

    for (const limit of [1, 7, 1_000]) expect(readAll(directory, limit)).toEqual([...before, ...added]);
    // A page without a filter is full, also where it begins in an archive and ends in the file.
    const pages = reading(directory, (reader) =>
      [0, 30, before.length - 60].map(
        (after) => reader.page({ after, limit: 60, filter: undefined }).rows.length,
      ),
    );
    expect(pages).toEqual([60, 60, 60]);
    expect(slicesOf(directory, streams)).toEqual(slicesBefore);
    expect([0, 1, 50, 100, 150].map((after) => exported(directory, after, before.length))).toEqual(ranges);
    expect(verifyLog({ data })).toMatchObject({ findings: [], events: before.length + 4 });
  });

  test.each(filters)("leaves what a filter lets through as it was: %j", async (filter) => {
    const { directory } = await fleet(5);
    await archiveDays(directory, 1);
    const before = readAll(directory, 1_000, filter);
    await archiveDays(directory, 4);
    const after = readAll(directory, 3, filter);
    expect(after.filter(([, , , , type]) => type !== "SegmentArchived")).toEqual(
      before.filter(([, , , , type]) => type !== "SegmentArchived"),
    );
  });
});

describe("a log that was archived before", () => {
  test("grows as ever, and is archived again", async () => {
    const { data, directory } = await fleet(4);
    await archiveDays(directory, 2);
    const log = openTestLog(directory, { clock: () => new Date("2026-02-01T00:00:00Z") });
    liveRound(log, 100);
    await log.close();
    const before = readAll(directory);
    const { segments, through } = await archiveDays(directory, 400);
    expect(segments).toBe(3);
    expect(readAll(directory).slice(0, before.length)).toEqual(before);
    expect(through).toBeGreaterThan(before.length - 5);
    expect(verifyLog({ data }).findings).toEqual([]);

    // The service goes on: revisions, positions and conflicts are as ever.
    const again = openTestLog(directory, { clock: () => new Date("2026-03-01T00:00:00Z") });
    expect(again.restored).toBeUndefined();
    const head = again.reader.head();
    const [newest] = again.reader.stream("address-10.0.0.3", { newestOnly: true });
    expect(commitAll(again, "address-10.0.0.3", [fact("LeaseGranted")])).toMatchObject({
      outcome: "appended",
      position: head + 1,
      revision: (newest?.[2] ?? 0) + 1,
    });
    const [conflict] = again.commit([{ stream: "machine-0", expectedRevision: "no-stream", events: [] }]);
    expect(conflict).toMatchObject({ outcome: "conflict", actualRevision: 1 });
    await again.close();
    expect(verifyLog({ data }).findings).toEqual([]);
  });
});

describe("an archived log's file", () => {
  test("has what decisions and boots are made of, and no more of what is archived", async () => {
    const { directory } = await fleet(5);
    const { through } = await archiveDays(directory, 4);
    const raw = openRaw(directory);
    const revisions = raw.prepare(
      `SELECT s.name, min(e.revision) AS first, max(e.revision) AS last, count(*) AS count
        FROM event AS e JOIN stream AS s ON s.id = e.stream GROUP BY s.name`,
    );
    const kept = new Map(revisions.all().map(({ name, first }) => [String(name), Number(first)]));
    for (const { first, last, count } of revisions.all())
      expect(count).toBe(Number(last) - Number(first) + 1);
    // Whole, because somebody folds them or nobody here knows them.
    for (const name of [
      "machine-stays",
      "network",
      "mac-525400000001",
      "bootenv-debian",
      "system",
      "later-7",
    ]) {
      expect([name, kept.get(name)]).toEqual([name, 0]);
    }
    // The newest archived event alone.
    const gone = raw.prepare("SELECT count(*) AS count FROM event WHERE position <= ?").get(through);
    expect(kept.get("machine-0")).toBe(1);
    expect(kept.get("bulk-0")).toBe(1);
    expect(kept.get("address-10.0.0.3")).toBe(7);
    expect(kept.get("boot-525400000001")).toBe(11);
    expect(Number(gone?.["count"])).toBeLessThan(through / 2);
  });

  test("is not replaced while somebody reads it, and is at the next time", async () => {
    const { directory } = await fleet(3);
    const before = readAll(directory);
    const reader = openLogReader(directory);
    await expect(archiveDays(directory, 3)).rejects.toThrow("somebody reads");
    expect(readdirSync(directory)).not.toContain("ledger.next.db");
    reader.close();
    expect(await archiveDays(directory, 3)).toMatchObject({ segments: 3 });
    expect(readAll(directory).slice(0, before.length)).toEqual(before);
  });

  test("is as it was when nothing is old enough, large enough or signed", async () => {
    const { directory } = await fleet(3);
    const { mtimeMs } = statSync(logFiles(directory).ledger);
    expect(await archiveDays(directory, 0)).toEqual({ events: 0, segments: 0, through: 0 });
    expect(await archiveDays(directory, 3, { leastEvents: 1_000 })).toMatchObject({ segments: 0 });
    expect(statSync(logFiles(directory).ledger).mtimeMs).toBe(mtimeMs);
    expect(readdirSync(directory)).not.toContain("archive");
  });

  test("makes segments of the size that was asked for", async () => {
    const { directory } = await fleet(6);
    const { segments, events } = await archiveDays(directory, 6, { leastEvents: 60 });
    expect(segments).toBe(3);
    expect(events).toBeGreaterThan(180);
  });
});
