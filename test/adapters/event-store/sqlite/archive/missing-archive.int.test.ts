import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import {
  readIndex,
  readingFile,
} from "../../../../../src/adapters/event-store/sqlite/archive/segment-frames.ts";
import { encodeIndex } from "../../../../../src/adapters/event-store/sqlite/archive/segment-index.ts";
import { backUpLog } from "../../../../../src/adapters/event-store/sqlite/back-up.ts";
import { openLogReader } from "../../../../../src/adapters/event-store/sqlite/open-reader.ts";
import { missingArchives } from "../../../../../src/maintenance/bring-archives.ts";
import { restoreLog } from "../../../../../src/maintenance/restore.ts";
import { verifyLog } from "../../../../../src/maintenance/verify.ts";
import { attack } from "../../../../maintenance/evidence.support.ts";
import { openTestLog, temporaryDirectory } from "../support.ts";
import { commitAll, fact, makeFleetLog, readAll, reading } from "./archive.support.ts";
import { archiveDays } from "./archive-days.ts";

const boots = { after: 0, limit: 10, filter: { categories: ["boot"] } };

/** A log of which two segments are archived. */
async function archivedFleet() {
  const data = temporaryDirectory();
  const directory = join(data, "log");
  await makeFleetLog(directory, 4);
  await archiveDays(directory, 2);
  const folder = join(directory, "archive");
  const [first = "", second = ""] = readdirSync(folder).sort();
  return { data, directory, first: join(folder, first), second: join(folder, second) };
}

/** What the verification finds, without those that follow from it. */
const found = (data: string) =>
  verifyLog({ data }).findings.map(({ code, position }) => `${code} ${position}`);

describe("an archive that is not there", () => {
  test("leaves everything else: what is newer, what is decided on, and appends", async () => {
    const { directory, first, second } = await archivedFleet();
    const whole = readAll(directory);
    renameSync(first, `${first}.away`);
    renameSync(second, `${second}.away`);
    const log = openTestLog(directory, { clock: () => new Date("2027-01-01T00:00:00Z") });
    expect(log.restored).toBeUndefined();
    expect(log.reader.stream("machine-stays", {})).toHaveLength(4);
    expect(log.reader.stream("address-10.0.0.1", { newestOnly: true })).toHaveLength(1);
    expect(log.reader.stream("address-10.0.0.1", { withoutArchived: true })).toHaveLength(5);
    expect(commitAll(log, "address-10.0.0.1", [fact("LeaseGranted")])).toMatchObject({ revision: 8 });
    // A start reads access and settings from the first event on.
    const filter = { categories: ["network", "mac", "access"] };
    expect(log.reader.page({ after: 0, limit: 100, filter }).rows).toHaveLength(12);
    expect(log.reader.page({ after: 0, limit: 100, filter: { streams: ["system"] } }).rows).toHaveLength(6);
    const missing = expect.objectContaining({
      code: "LOG_ARCHIVE_MISSING",
      message: expect.stringContaining(second),
    });
    expect(() => log.reader.stream("address-10.0.0.1", {})).toThrow(missing);
    expect(() => log.reader.page({ after: 40, limit: 10, filter: undefined })).toThrow(missing);

    // It is found again as soon as it is back.
    renameSync(`${first}.away`, first);
    renameSync(`${second}.away`, second);
    expect(log.reader.page({ after: 40, limit: 10, filter: undefined }).rows).toEqual(whole.slice(40, 50));
  });

  test("is named by a verification, with the first event that is missing", async () => {
    const { data, second } = await archivedFleet();
    const { after } = rangeOf(data, 1);
    rmSync(second);
    const { findings } = verifyLog({ data });
    expect(findings[0]).toMatchObject({ code: "EVENT_UNREADABLE", position: after + 1 });
    expect(findings[0]?.message).toContain(second);
  });

  test.each([
    ["the first", (first: string) => rmSync(first)],
    ["the last", (_: string, second: string) => rmSync(second)],
    ["each", (first: string, second: string) => [rmSync(first), rmSync(second)]],
  ])("leaves all that is behind it to be verified: %s", async (_what, remove) => {
    const { data, first, second } = await archivedFleet();
    const { events, root } = verifyLog({ data });
    remove(first, second);
    const alone = verifyLog({ data });
    expect(alone).toMatchObject({ events, root });
    expect(new Set(alone.findings.map(({ code }) => code))).toEqual(new Set(["EVENT_UNREADABLE"]));
    attack(data, "UPDATE event SET data = '{}' WHERE position = 120");
    expect(found(data)).toContain("EVENT_CHANGED 120");
  });
});

/** The first event behind a position of a stream that is not kept whole. */
function nextOf(data: string, position: number): number {
  const rows = readAll(join(data, "log"));
  const [next] = rows.find(([at, stream]) => at > position && stream === "address-10.0.0.3") ?? [];
  return next ?? 0;
}

describe("behind an archive that is not there", () => {
  test.each([
    ["all are missing", [0, 1]],
    ["the last is missing", [1]],
  ])("the next event of a stream is checked: %s", async (_where, missing) => {
    const { data, first, second } = await archivedFleet();
    const { through } = rangeOf(data, 1);
    const next = nextOf(data, through);
    attack(data, `UPDATE event SET data = '{"round":9}' WHERE position = ${next}`);
    for (const index of missing) rmSync([first, second][index] ?? "");
    expect(found(data)).toContain(`EVENT_CHANGED ${next}`);
  });

  test("what the file still has of a stream that it has whole is checked", async () => {
    const { data, first } = await archivedFleet();
    const { through } = rangeOf(data, 0);
    const kept = readAll(join(data, "log")).find(([at, name]) => at <= through && name === "machine-stays");
    rmSync(first);
    attack(data, `UPDATE event SET data = '{"round":9}' WHERE position = ${kept?.[0]}`);
    expect(found(data)).toContain(`EVENT_CHANGED ${kept?.[0]}`);
  });

  test("what the file should still have is missed", async () => {
    const { data, first, second } = await archivedFleet();
    const { through } = rangeOf(data, 1);
    const next = nextOf(data, through);
    rmSync(first);
    rmSync(second);
    attack(
      data,
      `DELETE FROM event WHERE position <= ${through} AND stream = (SELECT stream FROM event WHERE position = ${next})`,
    );
    expect(found(data)).toContain(`REVISION_GAP ${next}`);
  });
});

describe("an archive that was changed", () => {
  test.each([
    ["a bit in its events", (octets: Buffer) => octets.writeUInt8(octets.readUInt8(900) ^ 4, 900)],
    [
      "a bit in its index",
      (octets: Buffer) => octets.writeUInt8(octets.readUInt8(octets.length - 40) ^ 4, octets.length - 40),
    ],
    [
      "a bit that nothing but its digest covers, before its index",
      (octets: Buffer) => {
        const at = octets.length - octets.readUInt32LE(octets.length - 12) - 20;
        return octets.writeUInt8(octets.readUInt8(at) ^ 1, at);
      },
    ],
  ])("is named by a verification: %s", async (_what, spoil) => {
    const { data, first } = await archivedFleet();
    const octets = readFileSync(first);
    spoil(octets);
    writeFileSync(first, octets);
    expect(found(data)[0]).toBe("EVENT_UNREADABLE 1");
  });

  test("holds up nobody when its index is another's, of the same length", async () => {
    const { directory, first } = await archivedFleet();
    const octets = readFileSync(first);
    const indexAt = octets.length - (octets.readUInt32LE(octets.length - 12) + 20);
    const { index } = readingFile(first, (read, size) => ({ index: readIndex(read, size) }));
    const other = encodeIndex({ ...index, frames: [] });
    const filler = Buffer.alloc(octets.length - indexAt - other.length);
    filler.writeUInt32LE(0x184d2a50);
    filler.writeUInt32LE(filler.length - 8, 4);
    writeFileSync(first, Buffer.concat([octets.subarray(0, indexAt), filler, other]));
    const missing = expect.objectContaining({ code: "LOG_ARCHIVE_MISSING" });
    expect(() => readAll(directory)).toThrow(missing);
    expect(() => reading(directory, (reader) => reader.page(boots))).toThrow(missing);
  });

  test("is told of as missing when it was cut", async () => {
    const { directory, second } = await archivedFleet();
    writeFileSync(second, readFileSync(second).subarray(0, 100));
    const reader = openLogReader(directory);
    expect(reader.archives().map(({ isThere }) => isThere)).toEqual([true, false]);
    reader.close();
  });

  test("is not read in the place of another", async () => {
    const { data, directory, first, second } = await archivedFleet();
    copyFileSync(first, second);
    expect(() => readAll(directory)).toThrow(expect.objectContaining({ code: "LOG_ARCHIVE_MISSING" }));
    expect(found(data)[0]).toMatch(/^EVENT_UNREADABLE/);
  });
});

describe("an archived log's file that was changed", () => {
  const attacks: readonly [string, string | ((database: DatabaseSync) => void), RegExp][] = [
    [
      "an archived event that is in it, too",
      "UPDATE event SET data = '{}' WHERE position = 21",
      /COPY_DIFFERS 21/,
    ],
    ["that less is archived", "UPDATE log SET value = '5' WHERE key = 'sealed'", /LOG_DAMAGED/],
    ["that nothing is archived", "DELETE FROM log WHERE key = 'sealed'", /POSITION_GAP/],
    [
      "that another archive is its own",
      "UPDATE event SET data = replace(data, '\"bytes\":', '\"bytes\":1') WHERE type = 'SegmentArchived'",
      /EVENT_(UNREADABLE|CHANGED)/,
    ],
  ];

  test.each(attacks)("is named: %s", async (_what, spoil, expected) => {
    const { data } = await archivedFleet();
    attack(data, spoil);
    const outcome = () => {
      try {
        return found(data).join("\n");
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(outcome()).toMatch(expected);
  });
});

describe("a backup of an archived log", () => {
  async function backedUp() {
    const { data, directory, second } = await archivedFleet();
    const file = join(temporaryDirectory(), "backup.db");
    await backUpLog({ directory, file });
    return { before: readAll(directory), file, archives: join(data, "log", "archive"), second };
  }
  const restoredInto = (source: string, archives?: string) => {
    const data = temporaryDirectory();
    const directory = join(data, "log");
    return {
      data,
      directory,
      restored: restoreLog({ source, archives, directory, randomHex: () => "0a1b2c3d" }),
    };
  };

  test("is restored with its archives", async () => {
    const { before, file, archives } = await backedUp();
    const { data, directory, restored } = restoredInto(file, archives);
    expect(await restored).toMatchObject({ evidence: "restore-command" });
    expect(missingArchives(directory)).toEqual([]);
    expect(readAll(directory)).toEqual(before);
    expect(verifyLog({ data }).findings).toEqual([]);
  });

  test("is restored without them, and says how many are missing", async () => {
    const { before, file } = await backedUp();
    const { directory, restored } = restoredInto(file);
    await restored;
    expect(missingArchives(directory)).toHaveLength(2);
    expect(reading(directory, (reader) => reader.head())).toBe(before.length);
  });

  test("is not restored with archives that are not its own", async () => {
    const { file, archives, second } = await backedUp();
    writeFileSync(second, "something else");
    const { restored } = restoredInto(file, archives);
    await expect(restored).rejects.toThrow("is not the archive that was sealed");
  });
});

/** What a segment of a log has. */
function rangeOf(data: string, index: number): { readonly after: number; readonly through: number } {
  const events = readAll(join(data, "log")).filter((row) => row[4] === "SegmentArchived");
  return JSON.parse(events[index]?.[7] ?? "{}");
}
