import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { backUpLog } from "../../src/adapters/event-store/sqlite/back-up.ts";
import { logFiles } from "../../src/adapters/event-store/sqlite/log-files.ts";
import { openSource } from "../../src/maintenance/migrate/places.ts";
import { restoreLog } from "../../src/maintenance/restore.ts";
import { verifyLog } from "../../src/maintenance/verify.ts";
import { commit, openTestLog, temporaryDirectory } from "../adapters/event-store/sqlite/support.ts";
import { events } from "../contracts/event-store.support.ts";

/** The files of a log as an unclean stop leaves them, and one octet in the middle of its write-ahead log another. */
function damagedData(): string {
  const running = temporaryDirectory();
  const log = openTestLog(join(running, "log"));
  for (let count = 0; count < 5; count++) commit(log, "machine-1", events(3));
  const data = temporaryDirectory();
  // By another process: whoever opens and closes the files in this one drops SQLite's locks.
  execFileSync("cp", ["-r", join(running, "log"), data]);
  const { wal } = logFiles(join(data, "log"));
  const octets = readFileSync(wal);
  const at = Math.floor(octets.length / 2);
  octets.writeUInt8(octets.readUInt8(at) ^ 4, at);
  writeFileSync(wal, octets);
  return data;
}

const readers: Readonly<Record<string, (data: string) => unknown>> = {
  restore: (data) =>
    restoreLog({
      source: logFiles(join(data, "log")).ledger,
      directory: join(temporaryDirectory(), "log"),
      randomHex: (digits) => "7".repeat(digits),
    }),
  verify: (data) => verifyLog({ data }),
  migrate: (data) => openSource({ text: data, credentials: undefined }),
  backup: (data) =>
    backUpLog({ directory: join(data, "log"), file: join(temporaryDirectory(), "backup.db") }),
};

describe("a log whose write-ahead log is damaged in the middle", () => {
  test.each(
    Object.keys(readers),
  )("is refused by %s: nothing behind the damage is left out in silence", async (name) => {
    const read = async () => readers[name]?.(damagedData());
    await expect(read()).rejects.toMatchObject({
      code: "LOG_DAMAGED",
      message: expect.stringContaining("and transactions that were acknowledged are behind it"),
    });
  });
});
