import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { positionText } from "../../src/adapters/event-store/position.ts";
import { openStoredLog } from "../../src/adapters/event-store/sqlite/stored-log.ts";
import { exportLog } from "../../src/maintenance/export.ts";
import { verifyLog } from "../../src/maintenance/verify.ts";
import { openTestLog, temporaryDirectory } from "../adapters/event-store/sqlite/support.ts";
import { readStoppedLog } from "../support/stopped-log.ts";
import { attack, makeLog } from "./evidence.support.ts";

async function exported(data: string, after?: number) {
  const folder = temporaryDirectory();
  const file = join(folder, "log.ndjson");
  const log = openStoredLog(join(data, "log"));
  const { identity } = log;
  log.close();
  const from = after === undefined ? {} : { after: positionText(identity, after) };
  const { events } = await exportLog({ data, out: file, ...from });
  const text = readFileSync(file, "utf8");
  return {
    folder,
    file,
    events,
    identity,
    lines: text
      .slice(0, -1)
      .split("\n")
      .map((line) => JSON.parse(line)),
  };
}

describe("exporting a log", () => {
  test("writes every field of every event, in order, between a first and a last line", async () => {
    const data = await makeLog();
    const { lines, identity, events } = await exported(data);
    const [first, ...rest] = lines;
    const last = rest.pop();
    expect(first).toEqual({
      format: "ironledger-export",
      version: 1,
      after: 0,
      edge: [],
      through: 30,
      ...identity,
    });
    const { root } = verifyLog({ data });
    expect(last).toEqual({ format: "ironledger-export-end", version: 1, count: 30, root, ...identity });
    expect(events).toBe(30);
    const stored = await readStoppedLog(data);
    expect(rest).toEqual(
      stored.map(({ eventId, ...event }, index) => ({
        ...event,
        id: eventId,
        schema: 1,
        revision: Math.floor(index / 3),
        position: positionText(identity, index + 1),
      })),
    );
  });

  test("begins after any position, with what is needed to check what follows", async () => {
    const data = await makeLog();
    const { lines, events } = await exported(data, 16);
    expect(lines[0]).toMatchObject({ after: 16, through: 30 });
    expect(lines[0].edge).toHaveLength(1);
    expect(lines.at(-1)).toMatchObject({ count: 14, root: verifyLog({ data }).root });
    expect(events).toBe(14);
    const told = lines.map(({ previousHash }) => previousHash !== undefined);
    expect(told).toEqual([false, true, true, true, ...Array(12).fill(false)]);
  });

  test("writes a file without events where there is nothing after the position, and for a new log", async () => {
    const data = await makeLog();
    expect((await exported(data, 30)).lines).toHaveLength(2);
    const empty = temporaryDirectory();
    await openTestLog(join(empty, "log")).close();
    expect((await exported(empty)).lines).toHaveLength(2);
  });

  test("makes a file that nobody else can read, and leaves nothing else", async () => {
    const { folder, file } = await exported(await makeLog());
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["log.ndjson"]);
  });

  test("changes nothing in the log, and reads beside a running service", async () => {
    const data = temporaryDirectory();
    const log = openTestLog(join(data, "log"));
    const { identity } = await exported(data);
    expect(identity).toEqual(log.identity);
  });
});

describe("exporting is refused", () => {
  test("when the file exists, which stays as it is", async () => {
    const data = await makeLog();
    const out = join(temporaryDirectory(), "mine");
    writeFileSync(out, "mine");
    await expect(exportLog({ data, out })).rejects.toThrow(`${out} exists: move it away`);
    expect(readFileSync(out, "utf8")).toBe("mine");
  });

  test("for a position of another log, or one that the log has not reached", async () => {
    const data = await makeLog();
    const out = join(temporaryDirectory(), "log.ndjson");
    const other = positionText({ logId: "0".repeat(16), incarnation: "0".repeat(12) }, 1);
    await expect(exportLog({ data, out, after: other })).rejects.toMatchObject({ code: "POSITION_UNKNOWN" });
    await expect(exported(data, 31)).rejects.toMatchObject({ code: "POSITION_UNKNOWN" });
  });

  test.each([
    ["that is no JSON", "UPDATE event SET data = 'x' WHERE position = 14", "event 14 is not stored as"],
    ["that cannot be read", "UPDATE event SET time = 1 << 60 WHERE position = 14", "event 14 cannot be read"],
    ["that is missing", "DELETE FROM event WHERE position = 14", "event 14 is missing"],
  ])("for a log with an event %s, and leaves no file", async (_, change, message) => {
    const data = await makeLog();
    attack(data, change);
    const folder = temporaryDirectory();
    await expect(exportLog({ data, out: join(folder, "log.ndjson") })).rejects.toThrow(message);
    expect(readdirSync(folder)).toEqual([]);
  });
});
