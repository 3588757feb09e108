import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { MigrationTarget, MovedEvent } from "../../../src/maintenance/migrate/moved-log.ts";
import { openSource } from "../../../src/maintenance/migrate/places.ts";
import { verifyLog } from "../../../src/maintenance/verify.ts";
import { engine, openStore } from "../../adapters/event-store/eventstoredb/support.ts";
import { openRaw, openTestLog, temporaryDirectory } from "../../adapters/event-store/sqlite/support.ts";
import { readWhole } from "../../contracts/event-store.support.ts";
import { dice, record } from "../../support/history.ts";
import { machineId, samples } from "../../support/samples.ts";
import { migrate, openFiles, place, readUnplaced, unplaced, writtenLog } from "./support.ts";

describe("moving a log from files to an engine and back", () => {
  test("keeps every event with its hash, the order, and the root of the tree", async () => {
    const { data, events } = await writtenLog();
    const { connectionString } = await engine();
    const there = await migrate(data, connectionString);
    expect(there).toEqual({ events: events.length, root: verifyLog({ data }).root });

    const store = openStore(connectionString);
    const moved = await readUnplaced(store);
    expect(moved.slice(0, -1)).toEqual(events.map(unplaced));
    expect(moved.at(-1)).toMatchObject({
      stream: "system",
      type: "RestoreDetected",
      data: { evidence: "migration", message: expect.stringContaining(data) },
    });
    await store.close();

    const again = join(temporaryDirectory(), "again");
    expect(await migrate(connectionString, again)).toMatchObject({ events: events.length + 1 });
    const files = openFiles(again);
    expect(await readUnplaced(files.store)).toEqual(moved);
    expect(verifyLog({ data: again })).toMatchObject({ findingCount: 0, events: events.length + 1 });
  });

  test("makes another incarnation of the same log each time, in which no earlier position is known", async () => {
    const { data, events } = await writtenLog();
    const { connectionString } = await engine();
    await migrate(data, connectionString);
    const [logId, incarnation] = (events[0]?.position ?? "").split(".");
    const head = await openStore(connectionString).head();
    expect(head?.split(".").slice(0, 2)).toEqual([logId, "000277777777"]);
    expect(incarnation).toMatch(/^0001/);

    const again = join(temporaryDirectory(), "again");
    await migrate(connectionString, again);
    const { log, store } = openFiles(again);
    expect(log.identity).toEqual({ logId, incarnation: "000377777777" });
    expect(log.restored).toMatchObject({ evidence: "migration", previousIncarnation: "000277777777" });
    const readOn = store.readAll({ after: head, limit: 1 });
    await expect(readOn).rejects.toMatchObject({ code: "POSITION_UNKNOWN" });
  });
});

describe("moving a log that is cut short", () => {
  test("goes on where it ended, and no service starts before it has", async () => {
    const { data, events } = await writtenLog();
    const { connectionString } = await engine();
    const cut = (target: MigrationTarget): MigrationTarget => ({
      ...target,
      async write(page) {
        await target.write(page.slice(0, 30));
        throw new Error("the power is cut");
      },
    });
    await expect(migrate(data, connectionString, cut)).rejects.toThrow("the power is cut");
    const early = openStore(connectionString);
    await expect(early.head()).rejects.toMatchObject({ code: "LOG_DAMAGED" });
    await early.close();

    const writes: MovedEvent[] = [];
    const counted = (target: MigrationTarget): MigrationTarget => ({
      ...target,
      async write(page) {
        writes.push(...page);
        await target.write(page);
      },
    });
    expect(await migrate(data, connectionString, counted)).toMatchObject({ events: events.length });
    expect(writes.map(({ id }) => id)).toEqual(events.slice(30).map(({ id }) => id));
  });

  test("leaves files that no service starts on", async () => {
    const { data } = await writtenLog();
    const to = join(temporaryDirectory(), "to");
    const cut = (target: MigrationTarget): MigrationTarget => ({
      ...target,
      async finish() {
        throw new Error("the power is cut");
      },
    });
    await expect(migrate(data, to, cut)).rejects.toThrow("the power is cut");
    expect(() => openTestLog(join(to, "log"))).toThrow("did not finish");
    await expect(migrate(data, to)).rejects.toThrow("is not empty");
  });
});

describe("moving a log", () => {
  test("goes on over lost answers of the engine", async () => {
    const { data, events } = await writtenLog();
    const fixture = await engine();
    fixture.nodes[0]?.trouble.appends.push("lost", "refused", "lost");
    expect(await migrate(data, fixture.connectionString)).toMatchObject({ events: events.length });
    expect(await readWhole(openStore(fixture.connectionString))).toHaveLength(events.length + 1);
  });

  test("refuses an engine that holds a log, or events of another", async () => {
    const [one, other] = [await writtenLog(), temporaryDirectory()];
    const { connectionString } = await engine();
    await migrate(one.data, connectionString);
    await expect(migrate(one.data, connectionString)).rejects.toThrow("holds a log");

    const files = openFiles(other);
    await record(
      files.store,
      { stream: `machine-${machineId}`, events: [samples.MachineDiscovered] },
      dice(8),
    );
    await files.close();
    const half = await engine();
    const cut = (target: MigrationTarget) => ({
      ...target,
      finish: () => Promise.reject(new Error("the power is cut")),
    });
    await expect(migrate(other, half.connectionString, cut)).rejects.toThrow("the power is cut");
    const third = await writtenLog();
    await expect(migrate(third.data, half.connectionString)).rejects.toThrow("are not those of");
    await openFiles(third.data).close();
  });

  test("names an event that was changed, and makes no log of it", async () => {
    const { data } = await writtenLog();
    const raw = openRaw(join(data, "log"));
    raw.exec(`DROP TRIGGER event_never_changes; UPDATE event SET time = time + 1 WHERE position = 17`);
    raw.close();
    const { connectionString } = await engine();
    await expect(migrate(data, connectionString)).rejects.toThrow("EVENT_CHANGED: position 17");
    expect(await openStore(connectionString).head()).toBeUndefined();
  });

  test.each([
    ["the last event is forgotten", -1, "empty it, and begin again"],
    ["one in between is forgotten", 0, "another writer was there before"],
  ])("refuses when something else was written than was read: %s", async (_, forgotten, message) => {
    const { data, events } = await writtenLog();
    const { connectionString } = await engine();
    const forgetful = (target: MigrationTarget): MigrationTarget => ({
      ...target,
      write: (page) => target.write(page.filter(({ id }) => id !== events.at(forgotten)?.id)),
    });
    await expect(migrate(data, connectionString, forgetful)).rejects.toThrow(message);
  });

  test("refuses a log that a service runs on", async () => {
    const { data } = await writtenLog();
    const { close } = openFiles(data);
    const to = join(temporaryDirectory(), "to");
    await expect(migrate(data, to)).rejects.toMatchObject({ code: "LOG_LOCKED" });
    expect(existsSync(to)).toBe(false);
    await close();
    await migrate(data, to);
    expect(readdirSync(join(to, "log")).sort()).toEqual(["ledger.db", "lock.db"]);
  });

  test("takes no password on the command line", async () => {
    await expect(openSource(place("esdb://ada:secret@localhost:2113"))).rejects.toThrow("in a file");
  });
});
