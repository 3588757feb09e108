import { mkdirSync, readdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { machineIdOf } from "../../src/domain/values/machine-id.ts";
import type { Projector } from "../../src/projections/projector.ts";
import { allViews } from "../../src/projections/views/all.ts";
import { machines } from "../../src/projections/views/machines.ts";
import { machinesReader } from "../../src/projections/views/machines-reader.ts";
import { allEvents, dice, historyLog, historySteps, record } from "../support/history.ts";
import { machineId, samples } from "../support/samples.ts";
import { naiveFold } from "./naive-fold.ts";
import { projectorOn, storedRowsOf, temporaryDirectory } from "./view-files.ts";

const waitMs = 30_000;

/** Changes the rows of a view as a bug, or a hand, would. */
function tamper(directory: string, projector: Projector, sql: string): void {
  const [status] = projector.status().filter(({ view }) => view === "machines");
  const database = new DatabaseSync(join(directory, `machines-${status?.generation}.db`));
  database.exec(sql);
  database.close();
}

function databasesIn(directory: string): readonly string[] {
  return readdirSync(directory).filter((name) => name.startsWith("machines-") && name.endsWith(".db"));
}

describe("rebuilding", () => {
  test.each(
    allViews.map((view) => [view.name, view] as const),
  )("replaces a view that is what the log says: %s", async (name, view) => {
    const store = await historyLog(21, 6);
    const directory = temporaryDirectory();
    const projector = await projectorOn(store, directory);
    await projector.caughtUp();
    const before = await projector.digest(name);
    const result = await projector.rebuild(name);
    expect(result).toMatchObject({
      outcome: "rebuilt",
      digest: before.digest,
      position: await store.head(),
      events: (await allEvents(store)).length,
    });
    expect(await projector.digest(name)).toEqual(before);
    expect(storedRowsOf(view, join(directory, `${name}-2.db`))).toEqual(
      naiveFold(view, await allEvents(store)),
    );
  });

  test("hands its readers the new file and deletes the old one", async () => {
    const store = await historyLog(22, 3);
    const directory = temporaryDirectory();
    const projector = await projectorOn(store, directory, { views: [machines] });
    await projector.caughtUp();
    const reader = machinesReader(projector.connection("machines"));
    const ids = (await allEvents(store)).flatMap(({ stream }) =>
      stream.startsWith("machine-") ? [machineIdOf(stream)] : [],
    );
    const shown = () => ids.map((id) => reader.find(id));
    const before = shown();
    expect(await projector.rebuild("machines")).toMatchObject({ outcome: "rebuilt" });
    expect(shown()).toEqual(before);
    expect(databasesIn(directory)).toEqual(["machines-2.db"]);

    await record(store, { stream: `machine-${machineId}`, events: [samples.MachineDiscovered] }, dice(9));
    expect(await projector.waitFor((await store.head()) ?? "", { timeoutMs: waitMs })).toBe(true);
    expect(reader.find(machineId)?.state).toBe("discovered");
  });

  test("keeps the view when the projector is closed meanwhile", async () => {
    const store = await historyLog(23, 3);
    const directory = temporaryDirectory();
    const projector = await projectorOn(store, directory, { views: [machines] });
    await projector.caughtUp();
    const rebuild = projector.rebuild("machines");
    const ended = expect(rebuild).rejects.toThrow("the projector is closing");
    await projector.close();
    await ended;
    expect(databasesIn(directory)).toEqual(["machines-1.db"]);
  });

  test("is done once at a time", async () => {
    const store = await historyLog(24, 2);
    const projector = await projectorOn(store, temporaryDirectory(), { views: [machines] });
    await projector.caughtUp();
    const [first, second] = await Promise.all([projector.rebuild("machines"), projector.rebuild("machines")]);
    expect([first.outcome, second.outcome]).toEqual(["rebuilt", "unavailable"]);
  });
});

describe("rebuilding on a disk that fails", () => {
  test("keeps its readers on the view when the new file cannot be named the current one", async () => {
    const store = await historyLog(25, 3);
    const directory = temporaryDirectory();
    const projector = await projectorOn(store, directory, { views: [machines], retryMs: 1 });
    await projector.caughtUp();
    const reader = machinesReader(projector.connection("machines"));
    const inTheWay = join(directory, "current.json.new");
    mkdirSync(inTheWay);
    await expect(projector.rebuild("machines")).rejects.toThrow("EISDIR");
    rmdirSync(inTheWay);
    expect(databasesIn(directory)).toEqual(["machines-1.db"]);

    await record(store, { stream: `machine-${machineId}`, events: [samples.MachineDiscovered] }, dice(9));
    expect(await projector.waitFor((await store.head()) ?? "", { timeoutMs: waitMs })).toBe(true);
    expect(reader.find(machineId)?.state).toBe("discovered");
    expect(await projector.rebuild("machines")).toMatchObject({ outcome: "rebuilt" });
  });
});

describe("rebuilding while the log grows", () => {
  test("compares both files at one position and ends at the newest", async () => {
    const store = await historyLog(25, 4);
    const directory = temporaryDirectory();
    const projector = await projectorOn(store, directory);
    await projector.caughtUp();
    const chance = dice(26);
    let rebuilding = true;
    let appended = 0;
    const growth = (async () => {
      for (const step of historySteps(27, 100)) {
        await record(store, step, chance);
        appended++;
        // Lets the projector have the thread between any two appends.
        await new Promise(setImmediate);
        if (!rebuilding) return;
      }
    })();
    while (appended < 60) {
      for (const { name } of allViews) {
        expect(await projector.rebuild(name)).toMatchObject({ outcome: "rebuilt" });
      }
    }
    rebuilding = false;
    await growth;
    expect(await projector.waitFor((await store.head()) ?? "", { timeoutMs: waitMs })).toBe(true);
    const events = await allEvents(store);
    for (const { view: name, generation } of projector.status()) {
      const view = allViews.find((each) => each.name === name) ?? expect.fail(name);
      expect(storedRowsOf(view, join(directory, `${name}-${generation}.db`))).toEqual(
        naiveFold(view, events),
      );
    }
  });
});

const keysByTable: Readonly<Record<string, readonly string[]>> = {
  machine: ["id"],
  interface: ["mac"],
};

describe("rebuilding a view that is not what the log says", () => {
  test.each([
    ["changed", "UPDATE machine SET name = 'evil' WHERE id = (SELECT max(id) FROM machine)", "machine"],
    ["missing", "DELETE FROM interface WHERE mac = (SELECT max(mac) FROM interface)", "interface"],
    ["added", "INSERT INTO interface VALUES ('zombie', 'x')", "interface"],
  ])("names a row that was %s, and keeps the view", async (kind, sql, table) => {
    const store = await historyLog(28, 4);
    const directory = temporaryDirectory();
    const projector = await projectorOn(store, directory, { views: [machines] });
    await projector.caughtUp();
    const before = await projector.digest("machines");
    tamper(directory, projector, sql);
    const after = await projector.digest("machines");
    expect(after.digest).not.toBe(before.digest);
    const changed = Object.keys(before.tables).filter((each) => before.tables[each] !== after.tables[each]);
    expect(changed).toEqual([table]);

    const result = await projector.rebuild("machines");
    if (result.outcome !== "different") return expect.fail(result.outcome);
    expect(result).toMatchObject({ view: "machines", table, position: await store.head() });
    expect(Object.keys(result.key)).toEqual(keysByTable[table]);
    expect({ live: result.live === undefined, rebuilt: result.rebuilt === undefined }).toEqual({
      live: kind === "missing",
      rebuilt: kind === "added",
    });
    expect(result.live).not.toEqual(result.rebuilt);
    expect(databasesIn(directory)).toEqual(["machines-1.db"]);
    expect(await projector.digest("machines")).toEqual(after);
  });

  test("ends the comparison when the projector is closed meanwhile", async () => {
    const store = await historyLog(30, 2);
    const directory = temporaryDirectory();
    const projector = await projectorOn(store, directory, { views: [machines] });
    await projector.caughtUp();
    tamper(directory, projector, "INSERT INTO interface VALUES ('zombie', 'x')");
    const ended = expect(projector.rebuild("machines")).rejects.toThrow("the projector is closing");
    while (projector.status()[0]?.building?.phase !== "comparing") await new Promise(setImmediate);
    await projector.close();
    await ended;
    expect(databasesIn(directory)).toEqual(["machines-1.db"]);
  });

  test("goes on following with what it has", async () => {
    const store = await historyLog(29, 2);
    const directory = temporaryDirectory();
    const projector = await projectorOn(store, directory, { views: [machines] });
    await projector.caughtUp();
    tamper(directory, projector, "INSERT INTO interface VALUES ('zombie', 'x')");
    expect(await projector.rebuild("machines")).toMatchObject({
      outcome: "different",
      key: { mac: "zombie" },
    });
    await record(store, { stream: `machine-${machineId}`, events: [samples.MachineDiscovered] }, dice(9));
    expect(await projector.waitFor((await store.head()) ?? "", { timeoutMs: waitMs })).toBe(true);
    expect(machinesReader(projector.connection("machines")).find(machineId)).toBeDefined();
  });
});
