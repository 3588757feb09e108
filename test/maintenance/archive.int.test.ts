import { chownSync } from "node:fs";
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

  // Only root can be another user than the one that a log belongs to, and open it.
  test.skipIf(process.getuid?.() !== 0)("leaves no file that the log's own user cannot read", async () => {
    const data = temporaryDirectory();
    await makeFleetLog(join(data, "log"), 1);
    chownSync(join(data, "log", "ledger.db"), 65_534, 65_534);
    const archiving = archiveEvents({ data, days: 8, leastEvents: 1 }, tools);
    await expect(archiving).rejects.toThrow("belongs to user 65534");
    expect(await readdir(join(data, "log"))).not.toContain("archive");
  });
});
