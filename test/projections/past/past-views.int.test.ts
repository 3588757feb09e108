import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { RecordedEvent } from "../../../src/domain/ports/event-store.ts";
import { fleetCollection } from "../../../src/projections/collections/fleet.ts";
import { type CopyTable, TooManyPastsError } from "../../../src/projections/past/copier.ts";
import { copyTable } from "../../../src/projections/past/copy-table.ts";
import { keptViews } from "../../../src/projections/past/kept-views.ts";
import { createPastViews, type PastTable } from "../../../src/projections/past/past-views.ts";
import type { ViewConnection } from "../../../src/projections/view-connection.ts";
import { createViewFile } from "../../../src/projections/view-file.ts";
import { allEvents, historyLog } from "../../support/history.ts";
import { temporaryDirectory } from "../view-files.ts";

const { fleet } = keptViews;

let events: readonly RecordedEvent[];
beforeAll(async () => {
  events = await allEvents(await historyLog(5, 12));
});

interface Options {
  readonly rowsMax?: number;
  readonly copiesMax?: number;
  readonly copy?: (copy: CopyTable) => CopyTable;
}

/** Looks at the past of a fleet, with a clock of its own, and the tables that were copied. */
async function looking({ copy: around = (copy) => copy, ...limits }: Options = {}) {
  const folder = temporaryDirectory();
  const directory = join(folder, "past");
  let path = await fleetFile(join(folder, "fleet-1.db"));
  let now = 0;
  const copied: string[] = [];
  const copy = around(async (order) => {
    copied.push(`${order.table} ${order.ordinal}`);
    return copyTable(keptViews[order.view], order);
  });
  const pasts = createPastViews({ directory, path: () => path, copy, now: () => now, ...limits });
  onTestFinished(() => pasts.close());
  return {
    pasts,
    directory,
    copied,
    pass: (ms: number) => {
      now += ms;
    },
    /** As a rebuild does: the view goes on in another file. */
    async rebuild() {
      path = await fleetFile(join(folder, "fleet-2.db"));
    },
  };
}

async function fleetFile(path: string): Promise<string> {
  const file = createViewFile(path, fleet);
  onTestFinished(() => file.close());
  file.apply(events);
  await file.flush();
  return path;
}

function at(ordinal: number): PastTable {
  const position = events[ordinal]?.position ?? expect.fail("there is no such event");
  return { view: "fleet", table: "fleet", place: { ordinal, position } };
}

const count = (connection: ViewConnection) => fleetCollection(connection).count(undefined, "exact").count;
const labelled = (connection: ViewConnection) =>
  fleetCollection(connection).page({ where: { label: "pool", exists: true }, limit: 10 }).length;
const last = () => events.length - 1;

describe("a look at the past", () => {
  test("copies the table that is searched, and another one when a condition asks for it", async () => {
    const { pasts, copied } = await looking();
    expect(await pasts.read(at(last()), count)).toBeGreaterThan(0);
    expect(copied).toEqual([`fleet ${last()}`]);
    await pasts.read(at(last()), labelled);
    await pasts.read(at(last()), labelled);
    expect(copied).toEqual([`fleet ${last()}`, `label ${last()}`]);
  });

  test("copies once for all who ask at the same time", async () => {
    const { pasts, copied } = await looking();
    const counts = await Promise.all([1, 2, 3].map(() => pasts.read(at(9), count)));
    expect(new Set(counts).size).toBe(1);
    expect(copied).toEqual(["fleet 9"]);
  });

  test("leaves no file behind, and clears away what a crash left", async () => {
    const folder = temporaryDirectory();
    const directory = join(folder, "past");
    mkdirSync(directory);
    writeFileSync(join(directory, "7.db"), "half a copy");
    const path = await fleetFile(join(folder, "fleet.db"));
    const pasts = createPastViews({ directory, path: () => path });
    expect(existsSync(directory)).toBe(false);
    await pasts.read(at(9), count);
    expect(readdirSync(directory)).toEqual([]);
    await pasts.close();
    expect(existsSync(directory)).toBe(false);
  });

  test("goes on with the same rows when the view was rebuilt in between", async () => {
    const { pasts, copied, rebuild } = await looking();
    const before = await pasts.read(at(40), count);
    await rebuild();
    expect(await pasts.read(at(40), count)).toBe(before);
    await pasts.read(at(40), labelled);
    expect(copied).toEqual(["fleet 40", "label 40"]);
  });

  test("is read again for a question that was put before it was closed", async () => {
    const { pasts, copied, pass } = await looking({ rowsMax: 1 });
    const collection = await pasts.read(at(40), fleetCollection);
    const before = await pasts.read(at(40), () => collection.page({ limit: 100 }).length);
    pass(1);
    await pasts.read(at(last()), count);
    expect(copied).toEqual(["fleet 40", `fleet ${last()}`]);
    expect(await pasts.read(at(40), () => collection.page({ limit: 100 }).length)).toBe(before);
    expect(copied).toEqual(["fleet 40", `fleet ${last()}`, "fleet 40"]);
  });

  test("tells of a copy that failed, and the next question tries again", async () => {
    let failures = 1;
    const { pasts } = await looking({
      copy: (copy) => async (order) => {
        if (failures-- > 0) throw new Error("the disk is full");
        return copy(order);
      },
    });
    await expect(pasts.read(at(9), count)).rejects.toThrow("the disk is full");
    expect(await pasts.read(at(9), count)).toBeGreaterThanOrEqual(0);
    expect(pasts.copying()).toBe(0);
  });
});

describe("a count of the past", () => {
  test("is exact, where one of the present may be an estimate", async () => {
    // As many as nobody counts one by one, as far as the tally knows.
    const { pasts } = await looking({ copy: (copy) => async (order) => (await copy(order)) + 100_000 });
    const where = { column: "name", exists: true };
    const { count: exact } = await pasts.read(at(last()), (from) =>
      fleetCollection(from).count(where, "exact"),
    );
    expect(await pasts.read(at(last()), (from) => fleetCollection(from).count(where, "estimate"))).toEqual({
      count: exact,
      estimated: false,
    });
  });
});

describe("as many moments as may be looked at", () => {
  test("are left by the one that was read the longest ago", async () => {
    const { pasts, copied } = await looking({ rowsMax: 1 });
    await pasts.read(at(last()), count);
    const rows = pasts.heldRows();
    expect(rows).toBeGreaterThan(0);
    await pasts.read(at(40), count);
    await pasts.read(at(last()), count);
    expect(copied).toEqual([`fleet ${last()}`, "fleet 40", `fleet ${last()}`]);
    expect(pasts.heldRows()).toBe(rows);
  });

  test("refuse another one while all that may be held is being read", async () => {
    const label = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const { pasts } = await looking({
      rowsMax: 25,
      copy: (copy) => async (order) => {
        if (order.table === "label") {
          asked.resolve();
          await label.promise;
        }
        return copy(order);
      },
    });
    // Two of them are fewer rows than may be held; they are being read until their labels are there.
    const waiting = [pasts.read(at(last()), labelled), pasts.read(at(last() - 1), labelled)];
    await asked.promise;
    const third = pasts.read(at(40), labelled);
    await Promise.all([expect(third).rejects.toThrow(TooManyPastsError), label.resolve()]);
    await Promise.allSettled(waiting);
    expect(await pasts.read(at(40), count)).toBeGreaterThan(0);
  });

  test("refuse another one while as many tables are being copied as may be", async () => {
    const held = Promise.withResolvers<void>();
    const { pasts } = await looking({
      copiesMax: 2,
      copy: (copy) => async (order) => {
        await held.promise;
        return copy(order);
      },
    });
    const asked = [pasts.read(at(1), count), pasts.read(at(2), count)];
    expect(pasts.copying()).toBe(2);
    await expect(pasts.read(at(3), count)).rejects.toThrow(TooManyPastsError);
    held.resolve();
    await Promise.all(asked);
    expect(pasts.copying()).toBe(0);
    await pasts.read(at(3), count);
  });
});
