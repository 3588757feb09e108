import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { exportRoute } from "../../../src/service/audit/export-route.ts";
import type { LogExports } from "../../../src/service/audit/log-exports.ts";
import { makeFleetLog } from "../../adapters/event-store/sqlite/archive/archive.support.ts";
import { archiveDays } from "../../adapters/event-store/sqlite/archive/archive-days.ts";
import { temporaryDirectory } from "../../adapters/event-store/sqlite/support.ts";
import { startApi, type TestApiOptions } from "../../adapters/graphql/support/api.ts";
import { addCaller } from "../../adapters/graphql/support/callers.ts";
import { makeLog } from "../../maintenance/evidence.support.ts";
import { begun, exportsOf, positionIn, textOf } from "./audit.support.ts";

async function startRoute(exports: LogExports, options: TestApiOptions = {}) {
  const api = await startApi({ routes: [exportRoute(exports)], ...options });
  const { token } = await addCaller(api, "eve", { role: "auditor" });
  const get = (query = "", as = token) =>
    fetch(`${api.url}/export${query}`, { headers: { authorization: `Bearer ${as}` } });
  return { api, get };
}

describe("GET /export", () => {
  test("answers with the file, its name, and where it ends", async () => {
    const data = await makeLog();
    const exports = exportsOf(data);
    const { get } = await startRoute(exports);
    const answer = await get();
    const position = positionIn(data);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/x-ndjson",
      "cache-control": "no-store",
      "ironledger-through": position(30),
      "content-disposition": expect.stringMatching(
        /^attachment; filename="ironledger-[0-9a-f]{16}\.verifiable\.ndjson"$/,
      ),
    });
    expect(await answer.text()).toBe(await textOf(await begun(exports, { format: "verifiable" })));
  });

  test("takes a format and a range", async () => {
    const data = await makeLog();
    const exports = exportsOf(data);
    const { get } = await startRoute(exports);
    const position = positionIn(data);
    const answer = await get(`?format=cloudevents&after=${position(10)}&through=${position(12)}`);
    const lines = (await answer.text()).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).sequence)).toEqual([position(11), position(12)]);
    const chosen = await get(
      "?format=cloudevents&type=A&type=B&since=2026-01-01T00:00:00.010Z&until=2026-01-01T01:00:00%2B01:00",
    );
    expect([chosen.status, await chosen.text()]).toEqual([200, ""]);
    const resumed = await get(`?resumeAfter=${position(20)}&through=${position(30)}`);
    expect((await resumed.text()).split("\n")).toHaveLength(12);
  });
});

describe("GET /export refuses", () => {
  test.each([
    ["?format=xml", "INPUT_INVALID", "format"],
    ["?fromm=1", "INPUT_INVALID", "fromm"],
    ["?after=a&after=b", "INPUT_INVALID", "after"],
    ["?after=1", "POSITION_UNKNOWN", "position"],
    ["?type=LeaseGranted", "INPUT_INVALID", "cloudevents"],
    ["?since=2026-01-01T00:00:00Z", "INPUT_INVALID", "cloudevents"],
    ["?format=cloudevents&since=yesterday", "INPUT_INVALID", "since"],
    ["?format=cloudevents&type=", "INPUT_INVALID", "type"],
  ])("%s", async (query, code, word) => {
    const { get } = await startRoute(exportsOf(await makeLog()));
    const answer = await get(query);
    expect(answer.status).toBe(400);
    const { errors } = (await answer.json()) as { errors: { message: string; extensions: object }[] };
    expect(errors).toMatchObject([{ extensions: { code } }]);
    expect(errors[0]?.message).toContain(word);
  });

  test("more types than one export may name", async () => {
    const { get } = await startRoute(exportsOf(await makeLog()));
    expect((await get(`?format=cloudevents${"&type=A".repeat(100)}`)).status).toBe(200);
    expect((await get(`?format=cloudevents${"&type=A".repeat(101)}`)).status).toBe(400);
  });

  test("whoever may not have the log as a whole", async () => {
    const { api, get } = await startRoute(exportsOf(await makeLog()));
    for (const role of ["viewer", "operator"]) {
      const answer = await get("", (await addCaller(api, role, { role })).token);
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({
        errors: [{ extensions: { code: "FORBIDDEN", scope: "log:read" } }],
      });
    }
    expect((await get("", "nobody")).status).toBe(401);
  });

  test("one more than may be under way, and says when to try again", async () => {
    const exports = exportsOf(await makeLog());
    const { get } = await startRoute(exports);
    const others = await Promise.all([1, 2, 3, 4].map(() => begun(exports, { format: "verifiable" })));
    const answer = await get();
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "30"]);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: "TOO_MANY_EXPORTS" } }] });
    for (const { chunks } of others) chunks.destroy();
  });
});

/** A log whose first 36 events are in an archive and the next in another. One of them is lost. */
async function logWithout(lost: 0 | 1) {
  const data = temporaryDirectory();
  await makeFleetLog(join(data, "log"), 4);
  await archiveDays(join(data, "log"), 2);
  const folder = join(data, "log", "archive");
  const file = join(folder, readdirSync(folder).sort()[lost] ?? "");
  rmSync(file);
  return { data, file };
}

describe("GET /export of a log that cannot be read", () => {
  test.each(["verifiable", "cloudevents"])("at its beginning says why, as %s", async (format) => {
    const { data } = await logWithout(0);
    const { get } = await startRoute(exportsOf(data));
    const answer = await get(`?format=${format}`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: "LOG_ARCHIVE_MISSING" } }] });
  });

  test("in its middle breaks off before the last line, and logs why", async () => {
    const { data, file } = await logWithout(1);
    const lines: string[] = [];
    const logger = pino({ level: "warn" }, { write: (line) => lines.push(line) });
    const { get } = await startRoute(exportsOf(data), { logger });
    const answer = await get();
    expect(answer.status).toBe(200);
    let text = "";
    const reading = (async () => {
      for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString();
    })();
    await expect(reading).rejects.toThrow("terminated");
    expect(text.split("\n")).toHaveLength(1 + 36 + 1);
    expect(text).not.toContain("ironledger-export-end");
    expect(lines).toEqual([expect.stringContaining(file)]);
  });
});

describe("GET /export of a log in which little is chosen", () => {
  test("answers before it has looked through it", async () => {
    const chunks = new Readable({ read: () => undefined });
    const begun = { logId: "0123456789abcdef", through: "p", chunks };
    const exports: LogExports = { start: async () => begun, count: () => 1, close: () => undefined };
    const { get } = await startRoute(exports);
    const answer = await get("?format=cloudevents&type=Seldom");
    expect([answer.status, answer.headers.get("ironledger-through")]).toEqual([200, "p"]);
    chunks.push(null);
    expect(await answer.text()).toBe("");
  });
});
