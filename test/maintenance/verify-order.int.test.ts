import { describe, expect, test } from "vitest";
import { verifyLog } from "../../src/maintenance/verify.ts";
import { append, attack, found, makeLog, rewrite, signNow } from "./evidence.support.ts";

describe("verifying a log whose order somebody changed", () => {
  test("names two events of one stream that changed places", async () => {
    const data = await makeLog();
    attack(data, swap(13, 16));
    expect(found({ data })).toContain("REVISION_GAP 13 machine-1 5");
    expect(found({ data })).toContain("REVISION_REPEATED 16 machine-1 4");
  });

  test("names two events of two streams that changed places by their times", async () => {
    const data = await makeLog();
    attack(data, swap(13, 14));
    expect(found({ data })).toEqual(["TIME_BACKWARDS 14 machine-1 4"]);
  });

  test("finds those of one moment by nothing but the checkpoint", async () => {
    const data = await makeLog();
    for (const stream of ["a-1", "b-1"]) await append(data, stream, 1);
    const signed = signNow(data);
    attack(data, swap(31, 32));
    expect(found({ data })).toEqual([]);
    expect(found({ data, ...signed })).toEqual(["CHECKPOINT_DIFFERS 32"]);
  });
});

describe("verifying a log of which something is missing", () => {
  test("names what was removed from the middle", async () => {
    const data = await makeLog();
    attack(data, "DELETE FROM event WHERE position = 14");
    expect(found({ data })).toEqual(["POSITION_GAP 15 network 4", "REVISION_GAP 17 machine-2 5"]);
  });

  test("names it also when the others moved up", async () => {
    const data = await makeLog();
    attack(
      data,
      "DELETE FROM event WHERE position = 14; UPDATE event SET position = position - 1 WHERE position > 14",
    );
    expect(found({ data })).toEqual(["REVISION_GAP 16 machine-2 5"]);
  });

  test("finds what was removed from the end by nothing but the checkpoint", async () => {
    const data = await makeLog();
    const signed = signNow(data);
    attack(data, "DELETE FROM event WHERE position > 25");
    expect(found({ data })).toEqual([]);
    expect(found({ data, ...signed })).toEqual(["CHECKPOINT_NOT_REACHED 25"]);
    expect(verifyLog({ data, ...signed }).findings[0]?.message).toBe(
      "25 events are here, and 30 were signed: the newest are missing",
    );
  });

  test("counts events whose stream is missing", async () => {
    const data = await makeLog();
    attack(data, "PRAGMA foreign_keys = OFF; UPDATE event SET stream = 77 WHERE position = 30");
    expect(found({ data })).toEqual(["COUNT_WRONG 0"]);
  });
});

describe("verifying a log in which something was forged", () => {
  const columns = "stream, revision, id, type, schema, time, data, meta, hash";

  test("names an event that was appended without the right hash", async () => {
    const data = await makeLog();
    attack(
      data,
      `INSERT INTO event (position, ${columns}) SELECT 31, 1, 10, randomblob(16), type, schema, time, data, meta, hash
        FROM event WHERE position = 30`,
    );
    expect(found({ data })).toEqual(["EVENT_CHANGED 31 machine-1 10"]);
  });

  test("names an event that was put in", async () => {
    const data = await makeLog();
    attack(
      data,
      `UPDATE event SET position = position + 100 WHERE position > 14;
        UPDATE event SET position = position - 99 WHERE position > 100;
        INSERT INTO event (position, ${columns}) SELECT 15, 3, 40, randomblob(16), type, schema, time, data, meta, hash
          FROM event WHERE position = 14`,
    );
    expect(found({ data })).toEqual(["REVISION_GAP 15 network 40", "REVISION_REPEATED 16 network 4"]);
  });

  test("says of an event that was appended with the right hash that nobody signed it yet", async () => {
    const data = await makeLog();
    const signed = signNow(data);
    attack(
      data,
      `INSERT INTO event (position, ${columns}) SELECT 31, 1, 10, randomblob(16), type, schema, time, data, meta, hash
        FROM event WHERE position = 30`,
    );
    attack(data, (database) => rewrite(database, 31, "{}"));
    expect(verifyLog({ data, ...signed })).toMatchObject({ size: 31, vouched: 30, findings: [] });
  });
});

function swap(one: number, other: number): string {
  return `UPDATE event SET position = -1 WHERE position = ${one};
    UPDATE event SET position = ${one} WHERE position = ${other};
    UPDATE event SET position = ${other} WHERE position = -1`;
}
