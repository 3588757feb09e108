import { copyFileSync, readdirSync, rmSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import type { EventStore } from "../../src/domain/ports/event-store.ts";
import { openGenerations } from "../../src/projections/generations.ts";
import { LiveView } from "../../src/projections/live-view.ts";
import { beginBuild, createGeneration } from "../../src/projections/open-view.ts";
import type { Projector, ProjectorOptions } from "../../src/projections/projector.ts";
import { integer, table, text } from "../../src/projections/table.ts";
import type { View } from "../../src/projections/view.ts";
import { createViewFile } from "../../src/projections/view-file.ts";
import { dice, record } from "../support/history.ts";
import { memoryLog } from "../support/recording.ts";
import { machineId, samples } from "../support/samples.ts";
import { projectorOn, temporaryDirectory } from "./view-files.ts";

/** More rows than are kept in memory of a view that has caught up, and than fit into its cache of pages. */
const rowsInLog = 1_200;

const tables = { padded: table({ columns: { number: integer(), padding: text() }, key: ["number"] }) };

/** A row for each event, for which the first one is looked up. */
const padded: View<typeof tables> = {
  name: "padded",
  version: 1,
  tables,
  apply(_event, rows, number) {
    rows.padded.get(0);
    rows.padded.put({ number, padding: "x".repeat(4_000) });
  },
};

const chance = dice(51);

function recordSome(store: EventStore, count: number): Promise<void> {
  const events = Array.from({ length: count }, () => samples.MachineLocked);
  return record(store, { stream: `machine-${machineId}`, events }, chance);
}

/** The view as a restarted service has it: its rows are in its file, and few in memory. */
async function restartedView() {
  const store = memoryLog();
  await recordSome(store, rowsInLog);
  const directory = temporaryDirectory();
  const path = join(directory, "padded-1.db");
  const views = [padded as View];
  const first = await projectorOn(store, directory, { views });
  await first.caughtUp();
  // Whoever has it open too keeps what was written in the write-ahead log.
  const other = new DatabaseSync(path);
  other.exec("PRAGMA wal_autocheckpoint = 0; SELECT 1 FROM padded");
  onTestFinished(() => other.close());
  await first.close();
  const failures: unknown[] = [];
  const notify: ProjectorOptions["notify"] = ({ error }) => void (error && failures.push(error));
  const projector = await projectorOn(store, directory, { views, notify, retryMs: 5 });
  await projector.caughtUp();
  return { store, path, projector, other, failures };
}

async function untilShown(store: EventStore, projector: Projector): Promise<void> {
  expect(await projector.waitFor((await store.head()) ?? "", { timeoutMs: 20_000 })).toBe(true);
}

const statusOf = (projector: Projector) => projector.status()[0] ?? expect.fail();

describe("a view whose file cannot be read where an event looks a row up", () => {
  test("does not stop: it tries again, and goes on when the file can be read", async () => {
    const { store, path, projector, other, failures } = await restartedView();
    const log = `${path}-wal`;
    // The page of that row is now the last of the write-ahead log, and half of it goes.
    other.exec("UPDATE padded SET padding = upper(padding) WHERE number = 0");
    copyFileSync(log, `${path}.whole`);
    truncateSync(log, statSync(log).size - 2_048);
    await recordSome(store, 1);
    await expect.poll(() => failures.length, { timeout: 20_000 }).toBeGreaterThan(1);
    // SQLITE_IOERR_SHORT_READ
    expect(failures).toEqual(failures.map(() => expect.objectContaining({ errcode: 522 })));
    expect(statusOf(projector)).toMatchObject({ poison: undefined });
    expect(statusOf(projector).state).not.toBe("stopped");
    copyFileSync(`${path}.whole`, log);
    await untilShown(store, projector);
    expect(statusOf(projector)).toMatchObject({ generation: 1, events: rowsInLog + 1 });
  });

  test("is built anew when the file is damaged", async () => {
    const { store, path, projector, other, failures } = await restartedView();
    other.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    truncateSync(path, 2 * 4_096);
    await recordSome(store, 1);
    await untilShown(store, projector);
    expect(failures).toEqual([expect.objectContaining({ code: "ERR_SQLITE_ERROR", errcode: 11 })]);
    expect(statusOf(projector)).toMatchObject({ generation: 2, poison: undefined, events: rowsInLog + 1 });
  });
});

describe("a file that cannot be opened by readers", () => {
  test("does not become the current one", async () => {
    const store = memoryLog();
    await recordSome(store, 3);
    const generations = openGenerations(temporaryDirectory(), ["padded"]);
    const surroundings = {
      ...{ reader: store, generations, notify: () => undefined, retryMs: 5 },
      ...{ nowMs: () => 0, logEvents: () => 3 },
    };
    const live = await LiveView.start(padded as View, surroundings);
    onTestFinished(() => live.close());
    await live.caughtUp;
    const next = createGeneration(padded as View, generations);
    onTestFinished(() => next.file.close());
    rmSync(next.file.path);
    await expect(live.paused(async () => live.replace(next))).rejects.toThrow("unable to open");
    expect(generations.current("padded")).toBe(1);
    expect(live.connection.prepare("SELECT count(*) AS rows FROM padded").get()).toEqual({ rows: 3 });
  });
});

describe("a file that cannot be made", () => {
  // No column of whole numbers takes it, as a full disk takes nothing.
  const impossible = { ...padded, version: 0.5 } as View;

  test("leaves nothing behind, however often it is tried", () => {
    const directory = temporaryDirectory();
    const generations = openGenerations(directory, ["padded"]);
    for (let tries = 0; tries < 3; tries++) expect(() => beginBuild(impossible, generations)).toThrow();
    expect(readdirSync(directory)).toEqual([]);
  });

  test("is not kept open", () => {
    const path = join(temporaryDirectory(), "padded.db");
    const open = () => readdirSync("/proc/self/fd").length;
    const before = open();
    expect(() => createViewFile(path, impossible)).toThrow();
    expect(open()).toBe(before);
  });
});
