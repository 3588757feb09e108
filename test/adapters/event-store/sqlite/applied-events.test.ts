import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAppliedEvents } from "../../../../src/adapters/event-store/sqlite/applied-events.ts";

describe("passing over events that were applied where they were appended", () => {
  test("goes to the end of what follows without a gap", () => {
    const applied = createAppliedEvents();
    applied.add(4, 5);
    applied.add(6, 6);
    applied.add(8, 9);
    expect(applied.passFrom(2)).toBe(2);
    expect(applied.passFrom(3)).toBe(6);
    expect(applied.passFrom(4)).toBe(6);
    expect(applied.passFrom(6)).toBe(6);
    expect(applied.passFrom(7)).toBe(9);
  });

  test("passes over nothing that somebody else appended, whatever came in which order", () => {
    const steps = fc.array(fc.record({ isOwn: fc.boolean(), count: fc.integer({ min: 1, max: 5 }) }));
    const anywhere = fc.nat(100);
    fc.assert(
      fc.property(steps, anywhere, (batches, from) => {
        const applied = createAppliedEvents();
        const own = new Set<number>();
        let head = 0;
        for (const { isOwn, count } of batches) {
          if (isOwn) applied.add(head + 1, head + count);
          for (let n = 1; isOwn && n <= count; n++) own.add(head + n);
          head += count;
        }
        const passed = applied.passFrom(from);
        const between = Array.from({ length: passed - from }, (_, n) => from + 1 + n);
        expect(between.every((position) => own.has(position))).toBe(true);
        expect(own.has(passed + 1)).toBe(false);
      }),
    );
  });

  test("remembers a thousand runs, and forgets the oldest", () => {
    const applied = createAppliedEvents();
    for (let n = 1; n <= 1_001; n++) applied.add(2 * n, 2 * n);
    expect(applied.passFrom(1)).toBe(1);
    expect(applied.passFrom(3)).toBe(4);
  });

  test("knows the end of the log only after it was read, and no longer once it may have grown unseen", () => {
    const applied = createAppliedEvents();
    applied.reaches(7);
    expect(applied.isEnd(7)).toBe(false);
    applied.endsAt(5);
    expect(applied.isEnd(5)).toBe(true);
    applied.reaches(7);
    expect([applied.isEnd(6), applied.isEnd(7)]).toEqual([false, true]);
    applied.growsUnseen();
    expect(applied.isEnd(7)).toBe(false);
    applied.endsAt(9);
    expect([applied.isEnd(8), applied.isEnd(9)]).toEqual([false, true]);
  });
});
