import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { CloudEventChoice } from "../../../src/adapters/event-store/cloud-event.ts";
import { exportLog } from "../../../src/maintenance/export.ts";
import type { ExportFormat } from "../../../src/service/audit/audit-job.ts";
import type { ExportOutcome } from "../../../src/service/audit/log-exports.ts";
import { openTestLog, temporaryDirectory } from "../../adapters/event-store/sqlite/support.ts";
import { append, attack, makeLog } from "../../maintenance/evidence.support.ts";
import { begun, exportsOf, positionIn, textOf } from "./audit.support.ts";

async function exported(
  data: string,
  request: Partial<Parameters<ReturnType<typeof exportsOf>["start"]>[0]> = {},
) {
  return textOf(await begun(exportsOf(data), { format: "verifiable", ...request }));
}

/** The same file by the maintenance command. */
async function exportedOffline(data: string, after?: string): Promise<string> {
  const out = join(temporaryDirectory(), "log.ndjson");
  await exportLog({ data, out, after });
  return readFileSync(out, "utf8");
}

describe("an export of the log of a running service", () => {
  test("is the file that the maintenance command writes", async () => {
    const data = await makeLog();
    const position = positionIn(data);
    expect(await exported(data)).toBe(await exportedOffline(data));
    const after = position(16);
    expect(await exported(data, { after })).toBe(await exportedOffline(data, after));
  });

  test("ends where it was told to, however far the log has come since", async () => {
    const data = await makeLog();
    const through = positionIn(data)(30);
    const before = await exported(data);
    await append(data, "machine-1", 5);
    expect(await exported(data, { through })).toBe(before);
    expect(await exported(data)).not.toBe(before);
  });

  test.each([0, 16])("goes on behind any event of a file that begins after %i and was cut", async (after) => {
    const data = await makeLog();
    const position = positionIn(data);
    const range = { through: position(30), ...(after > 0 && { after: position(after) }) };
    const whole = await exported(data, range);
    const lines = whole.split("\n");
    for (const last of [after + 1, after + 2, 21, 29, 30]) {
      const kept = `${lines.slice(0, 1 + last - after).join("\n")}\n`;
      const rest = await exported(data, { ...range, resumeAfter: position(last) });
      expect(kept + rest).toBe(whole);
    }
  });

  test("of an empty log has two lines, or none as CloudEvents", async () => {
    const data = temporaryDirectory();
    await openTestLog(join(data, "log")).close();
    expect((await exported(data)).split("\n")).toHaveLength(3);
    expect(await exported(data, { format: "cloudevents" })).toBe("");
  });
});

describe("an export as CloudEvents", () => {
  test("has a line of JSON for each event, with the attributes that the specification asks for", async () => {
    const data = await makeLog();
    const position = positionIn(data);
    const lines = (await exported(data, { format: "cloudevents" })).trimEnd().split("\n");
    expect(lines).toHaveLength(30);
    const [first] = (await exportedOffline(data)).split("\n").slice(1);
    const event = JSON.parse(first ?? "");
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      specversion: "1.0",
      id: event.id,
      source: `urn:ironledger:log:${position(1).split(".")[0]}`,
      type: `ironledger.${event.type}`,
      subject: event.stream,
      time: new Date(event.time).toISOString(),
      datacontenttype: "application/json",
      sequence: position(1),
      revision: 0,
      schemaversion: event.schema,
      actor: event.meta.actor,
      component: event.meta.source,
      correlationid: event.meta.$correlationId,
      causationid: event.meta.$causationId,
      hash: event.hash,
      data: event.data,
    });
    for (const line of lines) {
      for (const [name, value] of Object.entries(JSON.parse(line))) {
        expect(name).toMatch(/^[a-z0-9]{1,20}$/);
        if (name !== "data") expect(String(value)).not.toMatch(/\p{Cc}|^$/u);
      }
    }
  });

  test("goes on after the sequence of the last line", async () => {
    const data = await makeLog();
    const format = "cloudevents";
    const whole = await exported(data, { format });
    const lines = whole.split("\n");
    const { sequence } = JSON.parse(lines[11] ?? "");
    expect(await exported(data, { format, after: sequence })).toBe(lines.slice(12).join("\n"));
  });
});

describe("an export of chosen CloudEvents", () => {
  const start = Date.parse("2026-01-01T00:00:00Z");

  async function chosen(choice: CloudEventChoice, range: object = {}) {
    const data = await makeLog();
    const text = await textOf(await begun(exportsOf(data), { format: "cloudevents", choice, ...range }));
    return text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  }

  test("has those of the types alone", async () => {
    const all = await chosen({});
    const [{ type }] = all;
    const name = String(type).replace("ironledger.", "");
    expect(await chosen({ types: [name] })).toHaveLength(all.filter((each) => each.type === type).length);
    expect(await chosen({ types: ["LeaseGranted"] })).toEqual([]);
  });

  test("begins with the first moment, and ends before the other", async () => {
    const events = await chosen({ sinceMs: start + 10, untilMs: start + 13 });
    expect(events.map(({ time }) => Date.parse(time) - start)).toEqual([10, 11, 12]);
  });
});

describe("an export is refused", () => {
  test.each<ExportFormat>([
    "verifiable",
    "cloudevents",
  ])("as %s for a position that is none", async (format) => {
    const data = await makeLog();
    const exports = exportsOf(data);
    const position = positionIn(data);
    for (const range of [
      { after: "nonsense" },
      { after: position(31) },
      { through: position(31) },
      { after: position(20), through: position(19) },
      { after: position(20), resumeAfter: position(19) },
      { resumeAfter: position(21), through: position(20) },
    ]) {
      await expect(exports.start({ format, ...range })).rejects.toMatchObject({ code: "POSITION_UNKNOWN" });
    }
    expect(exports.count()).toBe(0);
  });

  test("for what is wrong on its first page", async () => {
    const data = await makeLog();
    attack(data, "UPDATE event SET data = 'x' WHERE position = 14");
    const exports = exportsOf(data);
    await expect(exports.start({ format: "verifiable" })).rejects.toThrow("event 14 is not stored");
    expect(exports.count()).toBe(0);
  });

  test("while four others are under way, and not any more once one of them was left", async () => {
    const exports = exportsOf(await makeLog());
    const format = "verifiable";
    const all = await Promise.all([1, 2, 3, 4].map(() => begun(exports, { format })));
    expect(await exports.start({ format })).toBeUndefined();
    all[0]?.chunks.destroy();
    await vi.waitFor(() => expect(exports.count()).toBe(3));
    expect(await exports.start({ format })).toBeDefined();
    for (const { chunks } of all) chunks.destroy();
  });
});

describe("an export ends", () => {
  function watched(data: string, stallMs = 60_000) {
    const ends: (readonly [ExportOutcome, number])[] = [];
    const exports = exportsOf(data, { stallMs, onEnd: (...end) => ends.push(end) });
    return { exports, ends };
  }

  test("when all was taken, and says how much that was", async () => {
    const { exports, ends } = watched(await makeLog());
    const text = await textOf(await begun(exports, { format: "verifiable" }));
    await vi.waitFor(() => expect(ends).toEqual([["completed", text.length]]));
    expect(exports.count()).toBe(0);
  });

  test("when its reader leaves", async () => {
    const { exports, ends } = watched(await makeLog());
    const { chunks } = await begun(exports, { format: "verifiable" });
    for await (const _ of chunks) break;
    await vi.waitFor(() => expect(ends).toMatchObject([["abandoned", expect.any(Number)]]));
  });

  test("when its reader takes nothing for too long", async () => {
    const { exports, ends } = watched(await makeLog(), 50);
    const { chunks } = await begun(exports, { format: "verifiable" });
    const failure = new Promise<Error>((resolve) => chunks.once("error", resolve));
    chunks.read(0);
    expect((await failure).message).toContain("took nothing for 0.05 s");
    await vi.waitFor(() => expect(ends).toMatchObject([["stalled", expect.any(Number)]]));
  });

  test("at an event that cannot be exported, which is named", async () => {
    const data = await makeLog();
    await append(data, "machine-1", 1_000);
    attack(data, "UPDATE event SET data = 'x' WHERE position = 1014");
    const { exports, ends } = watched(data);
    const export_ = await begun(exports, { format: "verifiable" });
    await expect(textOf(export_)).rejects.toThrow("event 1014 is not stored as this service stores events");
    await vi.waitFor(() => expect(ends).toMatchObject([["failed", expect.any(Number)]]));
  });

  test("when the service stops", async () => {
    const { exports, ends } = watched(await makeLog());
    const export_ = await begun(exports, { format: "verifiable" });
    exports.close();
    await expect(textOf(export_)).rejects.toThrow();
    await vi.waitFor(() => expect(ends).toMatchObject([["failed", expect.any(Number)]]));
    await expect(exports.start({ format: "verifiable" })).rejects.toMatchObject({ code: "LOG_CLOSED" });
  });
});
