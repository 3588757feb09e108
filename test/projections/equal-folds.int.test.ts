import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RecordedEvent } from "../../src/domain/ports/event-store.ts";
import type { View } from "../../src/projections/view.ts";
import { createViewFile, openViewFile, type ViewFile } from "../../src/projections/view-file.ts";
import { allViews } from "../../src/projections/views/all.ts";
import { allEvents, dice, historyLog } from "../support/history.ts";
import { naiveFold } from "./naive-fold.ts";
import { storedRowsOf, temporaryDirectory } from "./view-files.ts";

const seeds = [1, 2];
const cases = seeds.flatMap((seed) => allViews.map((view) => ({ seed, name: view.name, view })));

const histories = new Map<number, Promise<readonly RecordedEvent[]>>();
function historyOf(seed: number): Promise<readonly RecordedEvent[]> {
  const known = histories.get(seed) ?? historyLog(seed, 12).then(allEvents);
  histories.set(seed, known);
  return known;
}

async function folded(view: View, path: string, batches: readonly (readonly RecordedEvent[])[]) {
  let file: ViewFile = createViewFile(path, view);
  for (const batch of batches) {
    file.apply(batch);
    await file.flush();
    file.close();
    file = openViewFile(path, view) ?? expect.fail("the file is of another version");
  }
  const rows = storedRowsOf(view, path);
  file.close();
  return rows;
}

describe("folding a history", () => {
  test("is tried on some hundred events of every kind", async () => {
    for (const seed of seeds) {
      const events = await historyOf(seed);
      expect(events.length).toBeGreaterThan(300);
      expect(new Set(events.map(({ type }) => type)).size).toBeGreaterThan(25);
    }
  });

  test.each(cases)("gives the rows of the naive fold: $name, seed $seed", async ({ seed, view }) => {
    const events = await historyOf(seed);
    const rows = await folded(view, join(temporaryDirectory(), "a.db"), [events]);
    expect(rows).toEqual(naiveFold(view, events));
    expect(Object.values(rows).flat().length).toBeGreaterThan(1);
  });

  test.each(cases)("gives the same in any batches: $name, seed $seed", async ({ seed, view }) => {
    const events = await historyOf(seed);
    const chance = dice(seed);
    const batches: RecordedEvent[][] = [];
    for (let start = 0; start < events.length; start += batches.at(-1)?.length ?? 0) {
      batches.push(events.slice(start, start + 1 + chance.roll(60)));
    }
    const rows = await folded(view, join(temporaryDirectory(), "a.db"), batches);
    expect(rows).toEqual(naiveFold(view, events));
  });

  test.each(cases)("loses nothing to a crash between batches: $name, seed $seed", async ({ seed, view }) => {
    const events = await historyOf(seed);
    const path = join(temporaryDirectory(), "a.db");
    const chance = dice(seed);
    createViewFile(path, view).close();
    for (;;) {
      const file = openViewFile(path, view) ?? expect.fail("the file is of another version");
      const start = file.events();
      expect(file.position()).toBe(events[start - 1]?.position);
      if (start === events.length) {
        expect(storedRowsOf(view, path)).toEqual(naiveFold(view, events));
        file.close();
        return;
      }
      const written = start + 1 + chance.roll(120);
      file.apply(events.slice(start, written));
      await file.flush();
      // This much was applied, and never written when the process died.
      file.apply(events.slice(written, written + chance.roll(50)));
      file.close();
    }
  });
});
