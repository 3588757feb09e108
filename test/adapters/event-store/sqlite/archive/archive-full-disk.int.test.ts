import { execFile } from "node:child_process";
import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createShim } from "../../../../faults/shim/shim.ts";
import { mountSmallDisk } from "../../../../faults/support/small-disk.ts";
import { temporaryDirectory } from "../support.ts";
import { expectWhole, makeFleetLog, readAll } from "./archive.support.ts";

const days = 2;
const mebibyte = 1024 * 1024;

/** Runs a program of this folder. Returns what it said. */
function run(under: readonly string[], program: string, ...args: readonly string[]) {
  const [command = "", ...rest] = [...under, process.execPath, join(import.meta.dirname, program), ...args];
  return new Promise<{ readonly failed: boolean; readonly said: string; readonly complaint: string }>(
    (resolve) =>
      execFile(command, rest, (error, said, complaint) =>
        resolve({ failed: error !== null, said, complaint }),
      ),
  );
}

describe("a disk that becomes full while a log is archived", () => {
  // At the beginning; then two segments are written and told of, and the file is copied and replaced.
  test.each([0, 1, 2, 3, 4, 5])("loses nothing at step %i, and the next one goes on", async (step) => {
    const data = temporaryDirectory();
    const directory = join(data, "log");
    await makeFleetLog(directory, 3);
    const before = readAll(directory);
    const { under } = createShim({ directory: temporaryDirectory(), meant: directory });
    const { failed, complaint } = await run(
      under,
      "archive-process.ts",
      ...[directory, String(days), String(step), "full"],
    );
    expect([failed, complaint]).toEqual([true, expect.stringMatching(/ENOSPC|disk is full|disk I\/O error/)]);
    expect(readdirSync(directory)).not.toContain("ledger.next.db");
    await expectWhole(data, { before, days });
  });

  test("is told of by a start, which leaves it and opens the log, until there is room again", async () => {
    const at = join(temporaryDirectory(), "disk");
    const logFile = join(temporaryDirectory(), "disk.log");
    const disk = await mountSmallDisk({ at, bytes: 128 * mebibyte, logFile });
    onTestFinished(() => disk.unmount());
    const directory = join(at, "log");
    const seen = `${disk.seenAt}${directory}`;
    const start = async () => JSON.parse((await run(disk.under, "start-process.ts", directory)).said);
    const made = temporaryDirectory();
    await makeFleetLog(made, 3);
    cpSync(made, seen, { recursive: true });
    // It takes note that it is a copy. Nothing is archived in one until then.
    expect(await start()).toMatchObject({ notices: [], warnings: [] });
    const kept = () => {
      const copy = temporaryDirectory();
      cpSync(seen, copy, { recursive: true });
      return readAll(copy);
    };
    const before = kept();

    await disk.fill(48 * mebibyte);
    expect(await start()).toEqual({
      notices: [],
      warnings: [
        expect.stringMatching(/^nothing more is archived at this start: .* has no room: \d+ octets/),
      ],
      health: [],
    });
    expect(kept()).toEqual(before);

    await disk.empty();
    const { notices, warnings } = await start();
    expect([notices.at(-1), warnings]).toEqual([
      expect.stringMatching(/^archived \d+ events in 3 files/),
      [],
    ]);
    expect(kept().slice(0, before.length)).toEqual(before);
  });
});
