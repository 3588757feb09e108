import { statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { archiveEvents } from "../../src/maintenance/archive.ts";
import { makeFleetLog } from "../adapters/event-store/sqlite/archive/archive.support.ts";
import { temporaryDirectory } from "../adapters/event-store/sqlite/support.ts";

const tools = { clock: () => new Date(), randomHex: () => "0a1b2c3d", onLine: () => undefined };

describe("archiving by command", () => {
  test("makes nothing where there is no log", async () => {
    const data = temporaryDirectory();
    await expect(archiveEvents({ data, days: 8 }, tools)).rejects.toThrow("does not exist");
    expect(await readdir(data)).toEqual([]);
  });

  test("leaves no file that the log's own user cannot read", async () => {
    const data = temporaryDirectory();
    const directory = join(data, "log");
    await makeFleetLog(directory, 1);
    const { uid: owner } = statSync(join(directory, "ledger.db"));
    const request = { data, days: 8, leastEvents: 1 };
    // Root, say, who could open the log, and would leave files of his own.
    const archiving = archiveEvents(request, { ...tools, user: owner + 1 });
    await expect(archiving).rejects.toThrow(`belongs to user ${owner}`);
    expect(await readdir(directory)).not.toContain("archive");
    // The owner may, so it was nothing else that was refused.
    expect(await archiveEvents(request, tools)).toMatchObject({ segments: expect.any(Number) });
  });
});
