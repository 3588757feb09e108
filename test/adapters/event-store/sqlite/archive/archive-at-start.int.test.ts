import { rmSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { logFiles } from "../../../../../src/adapters/event-store/sqlite/log-files.ts";
import type {
  LogThreadOptions,
  Retention,
} from "../../../../../src/adapters/event-store/sqlite/log-thread.ts";
import { startLogThread } from "../../../../../src/adapters/event-store/sqlite/log-thread.ts";
import { temporaryDirectory } from "../support.ts";
import { makeFleetLog, readAll } from "./archive.support.ts";

const all: Retention = { sealAfterMs: 0, leastEvents: 1 };

/** Starts the log's thread once. Returns what it told. */
async function startOnce(directory: string, retention: Retention | undefined) {
  const notices: string[] = [];
  const warnings: string[] = [];
  const options: LogThreadOptions = {
    ...{ directory, retention },
    entry: new URL("../../../../../src/threads/log.ts", import.meta.url),
    onNotice: (message) => notices.push(message),
    onWarning: (message) => warnings.push(message),
    onHealth: ({ status }) => expect(status).toBe("writable"),
    onFailure(error) {
      throw error;
    },
  };
  const thread = await startLogThread(options);
  const { restored } = thread;
  await thread.close();
  return { notices, warnings, restored };
}

test("a start archives what is due, once, and nothing unless it is told to", async () => {
  const directory = temporaryDirectory();
  expect(await startOnce(directory, all)).toMatchObject({ notices: [], warnings: [] });
  rmSync(directory, { recursive: true });
  await makeFleetLog(directory, 3);
  const before = readAll(directory);
  expect(await startOnce(directory, undefined)).toMatchObject({ notices: [] });
  expect(readAll(directory)).toEqual(before);
  const told = await startOnce(directory, all);
  expect(told).toMatchObject({
    notices: [
      expect.stringMatching(/^archiving events 1 to \d+: \d+ are written$/),
      ...Array(3).fill(expect.stringMatching(/^archived up to event \d+$/)),
      "the log's new file was made and compared",
      expect.stringMatching(/^archived \d+ events in 3 files/),
    ],
    warnings: [],
    restored: undefined,
  });
  expect(readAll(directory).slice(0, before.length)).toEqual(before);
  expect(await startOnce(directory, all)).toMatchObject({ notices: [], warnings: [] });
});

test("a start that cannot archive says why, and opens the log", async () => {
  const directory = temporaryDirectory();
  await makeFleetLog(directory, 2);
  const before = readAll(directory);
  writeFileSync(logFiles(directory).archive, "a file where the folder should be");
  const { warnings, notices } = await startOnce(directory, all);
  expect(notices).toEqual([]);
  expect(warnings).toEqual([expect.stringMatching(/^nothing more is archived at this start: .*EEXIST/)]);
  expect(readAll(directory)).toEqual(before);
});
