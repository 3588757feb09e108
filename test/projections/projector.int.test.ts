import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import type { EventStore } from "../../src/domain/ports/event-store.ts";
import type { ViewNotice } from "../../src/projections/open-view.ts";
import type { View } from "../../src/projections/view.ts";
import { allViews } from "../../src/projections/views/all.ts";
import { machines } from "../../src/projections/views/machines.ts";
import { machinesReader } from "../../src/projections/views/machines-reader.ts";
import { allEvents, dice, historyLog, record } from "../support/history.ts";
import { memoryLog } from "../support/recording.ts";
import { machineId, samples } from "../support/samples.ts";
import { naiveFold } from "./naive-fold.ts";
import { projectorOn, storedRowsOf, temporaryDirectory } from "./view-files.ts";

const stream = `machine-${machineId}`;
const waitMs = 20_000;

async function discoveredMachine(): Promise<EventStore> {
  const store = memoryLog();
  await record(store, { stream, events: [samples.MachineDiscovered] }, dice(1));
  return store;
}

async function expectNaive(store: EventStore, directory: string, views: readonly View[] = allViews) {
  const events = await allEvents(store);
  const projector = await projectorOn(store, directory, { views });
  await projector.caughtUp();
  for (const { view, generation } of projector.status()) {
    const found = views.find(({ name }) => name === view) ?? expect.fail(view);
    expect(storedRowsOf(found, join(directory, `${view}-${generation}.db`))).toEqual(
      naiveFold(found, events),
    );
  }
  return projector;
}

describe("starting", () => {
  test("builds every view from the log", async () => {
    const store = await historyLog(4, 10);
    const directory = temporaryDirectory();
    const projector = await expectNaive(store, directory);
    expect(projector.status()).toHaveLength(allViews.length);
    for (const { state, position } of projector.status()) {
      expect({ state, position }).toEqual({ state: "live", position: await store.head() });
    }
  });

  test("goes on where it was, and replays nothing", async () => {
    const store = await historyLog(5, 4);
    const directory = temporaryDirectory();
    const first = await projectorOn(store, directory);
    await first.caughtUp();
    await first.close();
    const seen: string[] = [];
    const counting: View = {
      ...machines,
      apply(event, rows, ordinal) {
        seen.push(event.position);
        machines.apply(event, rows as never, ordinal);
      },
    };
    const second = await projectorOn(store, directory, { views: [counting] });
    await second.caughtUp();
    expect(seen).toEqual([]);
    await record(store, { stream, events: [samples.MachineDiscovered] }, dice(9));
    expect(await second.waitFor((await store.head()) ?? "", { timeoutMs: waitMs })).toBe(true);
    expect(seen).toEqual([await store.head()]);
  });

  test("makes deleted files anew", async () => {
    const store = await historyLog(6, 4);
    const directory = temporaryDirectory();
    const first = await projectorOn(store, directory);
    await first.caughtUp();
    await first.close();
    for (const name of readdirSync(directory)) {
      if (name.startsWith("runs-") || name.startsWith("leases-")) rmSync(join(directory, name));
    }
    await (await expectNaive(store, directory)).close();

    rmSync(directory, { recursive: true });
    await expectNaive(store, directory);
  });
});

describe("starting on files that are of no use", () => {
  test.each([
    ["another version", "version"],
    ["another history", "history"],
    ["a damaged file", "damage"],
    ["a damaged directory", "nonsense"],
  ] as const)("builds a view of %s anew", async (_case, kind) => {
    const store = await historyLog(7, 3);
    const directory = temporaryDirectory();
    const before = kind === "history" ? await historyLog(8, 3) : store;
    const views = kind === "version" ? [{ ...machines, version: 0 }] : [machines];
    const first = await projectorOn(before, directory, { views });
    await first.caughtUp();
    await first.close();
    if (kind === "damage") writeFileSync(join(directory, "machines-1.db"), "no database at all");
    if (kind === "nonsense") writeFileSync(join(directory, "current.json"), "{");
    const told: ViewNotice[] = [];
    const projector = await projectorOn(store, directory, {
      views: [machines],
      notify: (n) => void told.push(n),
    });
    await projector.caughtUp();
    expect(told.at(-1)).toEqual({ view: "machines", message: "is built from the beginning of the log" });
    const [status] = projector.status();
    const path = join(directory, `machines-${status?.generation}.db`);
    expect(storedRowsOf(machines, path)).toEqual(naiveFold(machines, await allEvents(store)));
    expect(readdirSync(directory).filter((name) => name.endsWith(".db"))).toHaveLength(1);
  });

  test("builds a view anew when the log was restored to an earlier state", async () => {
    const directory = temporaryDirectory();
    const longer = await discoveredMachine();
    await record(longer, { stream, events: [samples.MachineLocked] }, dice(2));
    const first = await projectorOn(longer, directory);
    await first.caughtUp();
    await first.close();
    const shorter = await discoveredMachine();
    await expectNaive(shorter, directory);
  });

  test("clears away what a crash left behind, and nothing else", async () => {
    const directory = temporaryDirectory();
    for (const name of ["machines-7.db", "machines-7.db-wal", "statistics-2.db", "notes.txt"]) {
      writeFileSync(join(directory, name), "left behind");
    }
    await expectNaive(await discoveredMachine(), directory, [machines]);
    expect(
      readdirSync(directory)
        .filter((name) => !/-(?:wal|shm)$/.test(name))
        .toSorted(),
    ).toEqual(["current.json", "machines-8.db", "notes.txt"]);
  });
});

describe("following the log", () => {
  test("shows what is appended, and tells when", async () => {
    const store = await discoveredMachine();
    const projector = await projectorOn(store, temporaryDirectory());
    const reader = machinesReader(projector.connection("machines"));
    await projector.caughtUp();
    expect(reader.find(machineId)?.locked).toBe(false);
    await record(store, { stream, events: [samples.MachineLocked] }, dice(3));
    expect(await projector.waitFor((await store.head()) ?? "", { timeoutMs: waitMs })).toBe(true);
    expect(reader.find(machineId)?.locked).toBe(true);
    expect(projector.connection("machines").position()).toBe(await store.head());
  });

  test("gives up waiting for a position that does not come", async () => {
    const store = await discoveredMachine();
    const projector = await projectorOn(store, temporaryDirectory());
    await projector.caughtUp();
    const beyond = `${await store.head()}0`;
    expect(await projector.waitFor(beyond, { timeoutMs: 10, view: "machines" })).toBe(false);
  });
});

describe("failing", () => {
  test("stops before an event that cannot be applied, alone and without half a batch", async () => {
    const store = await historyLog(11, 3);
    const directory = temporaryDirectory();
    const told: ViewNotice[] = [];
    const poisonous = (await allEvents(store)).findLast(({ type }) => type === "MachineApproved");
    const fragile: View = {
      ...machines,
      apply(event, rows, ordinal) {
        machines.apply(event, rows as never, ordinal);
        if (event.id === poisonous?.id) throw new Error("cannot be");
      },
    };
    const others = allViews.filter(({ name }) => name !== "machines");
    const views = [fragile, ...others];
    const projector = await projectorOn(store, directory, {
      views,
      notify: (notice) => void told.push(notice),
    });
    await projector.caughtUp();
    const states = Object.fromEntries(projector.status().map(({ view, state }) => [view, state]));
    expect(states).toMatchObject({ machines: "stopped", leases: "live", "events-index": "live" });
    expect(told.filter(({ error }) => error)).toMatchObject([
      { view: "machines", error: { code: "EVENT_NOT_APPLICABLE", position: poisonous?.position } },
    ]);
    expect(Object.values(storedRowsOf(machines, join(directory, "machines-1.db"))).flat()).toEqual([]);
    expect(await projector.waitFor((await store.head()) ?? "", { timeoutMs: waitMs })).toBe(false);
    expect(await projector.rebuild("machines")).toMatchObject({ outcome: "poisoned" });
    await projector.close();

    await expectNaive(store, directory);
  });

  test("tries again after its file failed, and loses nothing", async () => {
    const store = await discoveredMachine();
    const directory = temporaryDirectory();
    const told: ViewNotice[] = [];
    const notify = (notice: ViewNotice) => void told.push(notice);
    const projector = await projectorOn(store, directory, { views: [machines], notify, retryMs: 5 });
    await projector.caughtUp();
    // Whoever writes the file besides the projector makes its next write fail, as a full disk would.
    const other = new DatabaseSync(join(directory, "machines-1.db"));
    other.exec("CREATE TRIGGER full BEFORE UPDATE ON machine BEGIN SELECT raise(abort, 'disk full'); END");
    await record(store, { stream, events: [samples.MachineLocked] }, dice(3));
    await expect.poll(() => told.filter(({ error }) => error).length, { timeout: waitMs }).toBeGreaterThan(1);
    expect(projector.status()[0]?.events).toBe(1);
    other.exec("DROP TRIGGER full");
    other.close();
    expect(await projector.waitFor((await store.head()) ?? "", { timeoutMs: waitMs })).toBe(true);
    expect(machinesReader(projector.connection("machines")).find(machineId)?.locked).toBe(true);
  });
});

describe("closing", () => {
  test("ends with the log, and answers nobody who waits", async () => {
    const store = await discoveredMachine();
    const directory = temporaryDirectory();
    const projector = await projectorOn(store, directory);
    await projector.caughtUp();
    const waiting = projector.waitFor(`${await store.head()}0`, { timeoutMs: waitMs });
    await projector.close();
    expect(await waiting).toBe(false);
    expect(existsSync(join(directory, "machines-1.db-wal"))).toBe(false);
  });
});
