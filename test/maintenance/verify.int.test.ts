import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { logFiles } from "../../src/adapters/event-store/sqlite/log-files.ts";
import { openStoredLog } from "../../src/adapters/event-store/sqlite/stored-log.ts";
import { verifyLog } from "../../src/maintenance/verify.ts";
import { commit, openTestLog, temporaryDirectory } from "../adapters/event-store/sqlite/support.ts";
import { events } from "../contracts/event-store.support.ts";
import { append, attack, found, makeLog, rewrite, signNow } from "./evidence.support.ts";

describe("verifying a log that nobody touched", () => {
  test("finds nothing, and says what it is", async () => {
    const data = await makeLog();
    const report = verifyLog({ data });
    expect(report).toMatchObject({
      events: 30,
      size: 30,
      first: 1,
      vouched: undefined,
      findingCount: 0,
      findings: [],
    });
    expect(report.root).toMatch(/^[0-9a-f]{64}$/);
  });

  test("agrees with the checkpoint that was signed, also when the log has grown since", async () => {
    const data = await makeLog();
    const signed = signNow(data);
    expect(verifyLog({ data, ...signed })).toMatchObject({ vouched: 30, findings: [] });
    await append(data, "machine-1", 5);
    expect(verifyLog({ data, ...signed })).toMatchObject({ size: 35, vouched: 30, findings: [] });
  });

  test("changes nothing of a copy, which the service would fence, and reads beside a running service", async () => {
    const data = temporaryDirectory();
    const log = openTestLog(join(data, "log"));
    expect(verifyLog({ data })).toMatchObject({ ...log.identity, events: 0, findings: [] });
  });

  test("leaves out what is appended meanwhile", async () => {
    const data = await makeLog();
    const log = openTestLog(join(data, "log"));
    const stored = openStoredLog(join(data, "log"));
    commit(log, "machine-1", events(5));
    expect([stored.head, stored.count(), [...stored.rows(0)].flat().length]).toEqual([30, 30, 30]);
    stored.close();
  });

  test("is refused where there is no log", () => {
    const data = temporaryDirectory();
    expect(() => verifyLog({ data })).toThrow("ledger.db does not exist");
  });
});

describe("verifying a log that somebody changed", () => {
  test.each([
    ["data", `data = '{"n":99}'`],
    ["meta", `meta = json_set(meta, '$.actor', 'user:eve')`],
    ["type", "type = 'Other'"],
    ["schema", "schema = 2"],
    ["id", "id = unhex('01920000000070008000aaaaaaaaaaaa')"],
    ["hash", "hash = unhex(hex(zeroblob(32)))"],
  ])("names the event whose %s is another", async (_, change) => {
    const data = await makeLog();
    attack(data, `UPDATE event SET ${change} WHERE position = 14`);
    expect(found({ data })).toEqual(["EVENT_CHANGED 14 machine-2 4"]);
  });

  test.each([
    ["time + 1000", ["EVENT_CHANGED 14 machine-2 4", "TIME_BACKWARDS 15 network 4"]],
    ["time - 1000", ["TIME_BACKWARDS 14 machine-2 4", "EVENT_CHANGED 14 machine-2 4"]],
    ["-5", ["TIME_BACKWARDS 14 machine-2 4", "EVENT_CHANGED 14 machine-2 4"]],
  ])("names the event whose time is %s", async (time, findings) => {
    const data = await makeLog();
    attack(data, `UPDATE event SET time = ${time} WHERE position = 14`);
    expect(found({ data })).toEqual(findings);
  });

  test("names the event whose revision is another, and where its stream lacks it", async () => {
    const data = await makeLog();
    attack(data, "UPDATE event SET revision = 70 WHERE position = 14");
    expect(found({ data })).toEqual(["REVISION_GAP 14 machine-2 70", "REVISION_REPEATED 17 machine-2 5"]);
  });

  test("names the event that was put into another stream", async () => {
    const data = await makeLog();
    attack(data, "UPDATE event SET stream = 1, revision = 10 WHERE position = 29");
    expect(found({ data })).toEqual(["EVENT_CHANGED 29 machine-1 10"]);
  });

  test("names the stream that was renamed, by its first event, and one that was filed elsewhere", async () => {
    const data = await makeLog();
    attack(
      data,
      "UPDATE stream SET name = 'machine-3' WHERE id = 2; UPDATE stream SET category = 'x' WHERE id = 3",
    );
    const findings = found({ data });
    expect(findings[0]).toBe("EVENT_CHANGED 2 machine-3 0");
    expect(findings.at(-1)).toBe("STREAM_CHANGED 0 network");
  });
});

describe("verifying a log that somebody changed and hashed again", () => {
  test("names what follows on an event that was changed and hashed again, and the checkpoint shows the rest", async () => {
    const data = await makeLog();
    const signed = signNow(data);
    attack(data, (database) => rewrite(database, 14, "{}"));
    expect(found({ data })).toEqual(["EVENT_CHANGED 17 machine-2 5"]);
    expect(found({ data, ...signed })).toEqual(["EVENT_CHANGED 17 machine-2 5", "CHECKPOINT_DIFFERS 30"]);
  });

  test("finds a stream that was hashed again to its end by nothing but the checkpoint", async () => {
    const data = await makeLog();
    const signed = signNow(data);
    attack(data, (database) => rewrite(database, 29, "{}"));
    expect(found({ data })).toEqual([]);
    expect(found({ data, ...signed })).toEqual(["CHECKPOINT_DIFFERS 30"]);
  });

  test("says between which checkpoints it is", async () => {
    const data = await makeLog();
    const first = signNow(data);
    await append(data, "machine-9", 2);
    const second = signNow(data);
    await append(data, "machine-9", 2);
    const checkpoint = [...signNow(data).checkpoint, ...first.checkpoint, ...second.checkpoint];
    attack(data, (database) => rewrite(database, 32, "{}"));
    const { findings, vouched } = verifyLog({ data, key: first.key, checkpoint });
    expect(vouched).toBe(30);
    expect(findings.map(({ message }) => message).join()).toContain(
      "the events after position 30 up to 32 are not those that were signed",
    );
  });
});

describe("verifying a log that holds what the service never stores", () => {
  test("names texts that are not the ones that the service stores", async () => {
    const data = await makeLog();
    attack(data, (database) => rewrite(database, 29, '{ "n": 10 }'));
    expect(found({ data })).toEqual(["NOT_CANONICAL 29 machine-2 9"]);
  });

  test.each([
    ["too large a time", "UPDATE event SET time = 1 << 60 WHERE position = 14", "EVENT_UNREADABLE 14"],
    [
      "a schema that no hash has",
      "UPDATE event SET schema = 1 << 40 WHERE position = 14",
      "EVENT_CHANGED 14 machine-2 4",
    ],
    [
      "a negative revision",
      "UPDATE event SET revision = -3 WHERE position = 14",
      "REVISION_REPEATED 14 machine-2 -3",
    ],
  ])("names an event with %s", async (_, change, finding) => {
    const data = await makeLog();
    attack(data, change);
    expect(found({ data })).toContain(finding);
  });
});

describe("verifying a log whose file is damaged", () => {
  function spoilFile(data: string, spoil: (octets: Buffer) => void): void {
    const { ledger } = logFiles(join(data, "log"));
    const octets = readFileSync(ledger);
    spoil(octets);
    writeFileSync(ledger, octets);
  }

  test("names the event of which an octet is another on the disk", async () => {
    const data = await makeLog();
    await append(data, "rack-7", 3);
    spoilFile(data, (octets) => {
      const at = octets.indexOf('{"n":2}');
      octets[at + 5] = "7".charCodeAt(0);
    });
    expect(found({ data })).toEqual(["EVENT_CHANGED 32 rack-7 1"]);
  });

  test("says from where on nothing can be read", async () => {
    const data = await makeLog();
    await append(data, "rack-7", 400);
    spoilFile(data, (octets) => {
      const page = Math.floor(octets.indexOf('{"n":200}') / 4096) * 4096;
      octets.fill(0xee, page, page + 4096);
    });
    expect(
      found({ data }).filter((finding) => finding.startsWith("EVENT_UNREADABLE")).length,
    ).toBeGreaterThan(0);
  });
});
