import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ProjectorOptions } from "../../src/projections/projector.ts";
import type { View } from "../../src/projections/view.ts";
import { machines } from "../../src/projections/views/machines.ts";
import { machinesReader } from "../../src/projections/views/machines-reader.ts";
import { eventually } from "../support/eventually.ts";
import { allEvents, dice, historyLog, record } from "../support/history.ts";
import { machineId, samples } from "../support/samples.ts";
import { projectorOn, temporaryDirectory } from "./view-files.ts";

const waitMs = 30_000;

/** The view of machines, which cannot apply an event as long as it is told so. */
async function poisonedView(seed: number) {
  const store = await historyLog(seed, 4);
  const events = await allEvents(store);
  const poison = events.findLast(({ type }) => type === "MachineApproved") ?? expect.fail();
  const cure = { isThere: false, onlyFresh: false };
  let applied = 0;
  const view: View = {
    ...machines,
    apply(event, ...rest) {
      applied++;
      if (event.id === poison.id && !cure.isThere) throw new Error("cannot be");
      machines.apply(event, ...(rest as [never, never]));
    },
  };
  const directory = temporaryDirectory();
  const notices: Parameters<ProjectorOptions["notify"]>[0][] = [];
  const projector = await projectorOn(store, directory, {
    views: [view],
    notify: (notice) => notices.push(notice),
  });
  await projector.caughtUp();
  const status = () => projector.status()[0] ?? expect.fail();
  return { store, events, poison, cure, projector, directory, notices, status, applied: () => applied };
}

describe("a view that stops before an event", () => {
  test("shows which one, and why", async () => {
    const { poison, status } = await poisonedView(31);
    const { id: eventId, position, type, stream, revision } = poison;
    expect(status()).toMatchObject({
      state: "stopped",
      poison: { eventId, position, type, stream, revision, message: "Error: cannot be" },
      building: undefined,
    });
  });

  test("stops again when it is tried again in vain", async () => {
    const { projector, poison, status } = await poisonedView(32);
    expect(await projector.retry("machines")).toMatchObject({
      outcome: "poisoned",
      poison: { eventId: poison.id },
    });
    expect(status()).toMatchObject({ state: "stopped", generation: 1 });
    expect(await projector.waitFor(poison.position, { timeoutMs: 10 })).toBe(false);
  });

  test("goes on when it is tried again with success, and follows the log", async () => {
    const { store, projector, cure, status } = await poisonedView(33);
    cure.isThere = true;
    expect(await projector.retry("machines")).toEqual({ outcome: "going-on" });
    await record(store, { stream: `machine-${machineId}`, events: [samples.MachineDiscovered] }, dice(9));
    expect(await projector.waitFor((await store.head()) ?? "", { timeoutMs: waitMs })).toBe(true);
    expect(await eventually(() => (status().state === "live" ? status() : undefined))).toMatchObject({
      poison: undefined,
      generation: 1,
    });
    expect(machinesReader(projector.connection("machines")).find(machineId)).toBeDefined();
    expect(await projector.rebuild("machines")).toMatchObject({ outcome: "rebuilt" });
  });

  test("is replaced by one that was built anew, when that goes past the event", async () => {
    const { store, events, projector, cure, directory, status } = await poisonedView(34);
    cure.isThere = true;
    expect(await projector.rebuild("machines")).toMatchObject({
      outcome: "rebuilt",
      position: await store.head(),
      events: events.length,
    });
    expect(status()).toMatchObject({ generation: 2, poison: undefined });
    expect(await projector.waitFor((await store.head()) ?? "", { timeoutMs: waitMs })).toBe(true);
    expect(readdirSync(directory).filter((name) => name.endsWith(".db"))).toEqual(["machines-2.db"]);
    expect(await projector.rebuild("machines")).toMatchObject({ outcome: "rebuilt" });
  });

  test("stays when one that was built anew meets the same event", async () => {
    const { projector, poison, directory, status } = await poisonedView(35);
    expect(await projector.rebuild("machines")).toMatchObject({
      outcome: "poisoned",
      poison: { eventId: poison.id },
    });
    expect(status()).toMatchObject({ state: "stopped", generation: 1 });
    expect(readdirSync(directory).filter((name) => name.endsWith(".db"))).toEqual(["machines-1.db"]);
  });
});

describe("trying a view again", () => {
  test("is refused when it has not stopped", async () => {
    const store = await historyLog(36, 2);
    const projector = await projectorOn(store, temporaryDirectory(), { views: [machines] });
    await projector.caughtUp();
    expect(await projector.retry("machines")).toMatchObject({ outcome: "unavailable" });
    await expect(projector.retry("nothing")).rejects.toThrow("there is no view nothing");
  });

  test("is refused while it is being built anew", async () => {
    const { projector, cure } = await poisonedView(37);
    cure.isThere = true;
    const [rebuilt, retried] = await Promise.all([
      projector.rebuild("machines"),
      projector.retry("machines"),
    ]);
    expect([rebuilt.outcome, retried.outcome]).toEqual(["rebuilt", "unavailable"]);
  });
});

describe("the progress of a rebuild", () => {
  test("is shown while it goes on, and gone when it is done", async () => {
    const store = await historyLog(38, 6);
    let nowMs = 0;
    const projector = await projectorOn(store, temporaryDirectory(), {
      views: [machines],
      nowMs: () => (nowMs += 100),
      lagEvents: () => 5,
    });
    await projector.caughtUp();
    const total = (await allEvents(store)).length + 5;
    const shown = () => projector.status()[0]?.building;
    expect(shown()).toBeUndefined();
    const rebuilding = projector.rebuild("machines");
    const seen = new Set<string>();
    const watch = async () => {
      for (let building = shown(); building; building = shown()) {
        expect(building).toMatchObject({ kind: "rebuild", total });
        seen.add(building.phase);
        await new Promise(setImmediate);
      }
    };
    await Promise.all([rebuilding, watch()]);
    expect(seen).toContain("reading");
    expect(shown()).toBeUndefined();
  });
});
