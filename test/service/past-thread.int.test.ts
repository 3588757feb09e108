import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { threadEntry } from "../../src/paths.ts";
import { copyTable, type TableCopy } from "../../src/projections/past/copy-table.ts";
import { type KeptView, keptViews } from "../../src/projections/past/kept-views.ts";
import { createViewFile } from "../../src/projections/view-file.ts";
import { openPastThread, type PastThread } from "../../src/service/past-thread.ts";
import { temporaryDirectory } from "../projections/view-files.ts";
import { allEvents, historyLog } from "../support/history.ts";

function pastThread(entry: URL): PastThread {
  const thread = openPastThread(entry);
  onTestFinished(() => thread.close());
  return thread;
}

/** The file of a fleet with a history, and a copy of its machines at the end. */
async function fleetCopy(): Promise<TableCopy<KeptView>> {
  const folder = temporaryDirectory();
  const from = join(folder, "fleet.db");
  const events = await allEvents(await historyLog(3, 6));
  const file = createViewFile(from, keptViews.fleet);
  onTestFinished(() => file.close());
  file.apply(events);
  await file.flush();
  return { view: "fleet", table: "fleet", ordinal: events.length - 1, from, to: join(folder, "copy.db") };
}

describe("the thread of the past", () => {
  test("copies what this thread would copy, and goes on after a copy that failed", async () => {
    const copy = await fleetCopy();
    const { copy: inThread } = pastThread(threadEntry("past"));
    const failing = inThread({ ...copy, from: join(temporaryDirectory(), "none.db") });
    const [failed, rows] = await Promise.allSettled([failing, inThread(copy)]);
    expect(failed).toMatchObject({
      status: "rejected",
      reason: { message: expect.stringMatching(/copied/) },
    });
    expect(rows).toEqual({ status: "fulfilled", value: copyTable(keptViews.fleet, copy) });
  });

  test("fails the copies under way when it dies, and is another one for the next", async () => {
    const copy = await fleetCopy();
    const dying = join(temporaryDirectory(), "dying.mjs");
    writeFileSync(
      dying,
      `import { parentPort } from "node:worker_threads";
       parentPort.on("message", ({ id, copy }) =>
         copy.ordinal < 0 ? process.exit(7) : parentPort.postMessage({ id, rows: copy.ordinal }));`,
    );
    const { copy: inThread } = pastThread(pathToFileURL(dying));
    const both = await Promise.allSettled([
      inThread({ ...copy, ordinal: -1 }),
      inThread({ ...copy, ordinal: -1 }),
    ]);
    const died = { status: "rejected", reason: new Error("the thread of the past ended with 7") };
    expect(both).toEqual([died, died]);
    expect(await inThread(copy)).toBe(copy.ordinal);
  });

  test("is not started anew once it is closed", async () => {
    const copy = await fleetCopy();
    const { copy: inThread, close } = pastThread(threadEntry("past"));
    const underWay = inThread(copy).catch(() => "failed");
    await close();
    await underWay;
    await expect(inThread(copy)).rejects.toThrow("closed");
  });
});
