import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { firstDifference } from "../../src/projections/view-difference.ts";
import { createViewFile } from "../../src/projections/view-file.ts";
import { openSnapshot } from "../../src/projections/view-snapshot.ts";
import { machines } from "../../src/projections/views/machines.ts";
import { temporaryDirectory } from "./view-files.ts";

const { tables } = machines;

/** A view's file with so many interfaces. */
function snapshotOf(interfaces: number, signal?: AbortSignal) {
  const path = join(temporaryDirectory(), "machines.db");
  const file = createViewFile(path, machines);
  const database = new DatabaseSync(path);
  const insert = database.prepare("INSERT INTO interface VALUES (?, 'x')");
  database.exec("BEGIN");
  for (let number = 0; number < interfaces; number++) insert.run(String(number).padStart(6, "0"));
  database.exec("COMMIT");
  database.close();
  const snapshot = openSnapshot(path, tables, signal);
  onTestFinished(() => {
    snapshot.close();
    file.close();
  });
  return snapshot;
}

describe("a digest of many rows", () => {
  test("lets others have the thread, and ends when it is to", async () => {
    const stop = new AbortController();
    const digest = snapshotOf(5_000, stop.signal).digest();
    setImmediate(() => stop.abort(new Error("enough")));
    await expect(digest).rejects.toThrow("enough");
  });
});

describe("the first row that differs", () => {
  test.each([
    [0, 1, "000000"],
    [1_000, 1_001, "001000"],
    [2_500, 1_500, "001500"],
    [2_000, 1_000, "001000"],
  ])("is found where one file has %i rows and the other %i", async (live, rebuilt, mac) => {
    const difference = await firstDifference(snapshotOf(live), snapshotOf(rebuilt), tables);
    expect(difference).toMatchObject({ table: "interface", key: { mac } });
    expect([difference?.live, difference?.rebuilt].map((row) => row === undefined)).toEqual([
      live < rebuilt,
      rebuilt < live,
    ]);
  });

  test("is none where they have the same", async () => {
    expect(await firstDifference(snapshotOf(1_000), snapshotOf(1_000), tables)).toBeUndefined();
  });
});
