import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDueQueue } from "../../../../src/boot/dhcp/leases/due-queue.ts";
import { createQueue } from "../../../../src/boot/dhcp/leases/queue.ts";

describe("a queue", () => {
  test("gives items back in the order in which they came, like a plain array", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 5000, minLength: 4000 }), (pushes) => {
        const queue = createQueue<number>();
        const model: number[] = [];
        for (const [index, isPush] of pushes.entries()) {
          if (isPush) {
            queue.push(index);
            model.push(index);
          } else {
            expect(queue.shift()).toBe(model.shift());
          }
          expect(queue.length).toBe(model.length);
          expect(queue.peek()).toBe(model[0]);
        }
      }),
      { numRuns: 10 },
    );
  });
});

describe("a due queue", () => {
  const step = fc.oneof(
    fc.record({ act: fc.constant("set" as const), key: fc.nat(8), at: fc.nat(50) }),
    fc.record({ act: fc.constant("delete" as const), key: fc.nat(8), at: fc.constant(0) }),
    fc.record({ act: fc.constant("take" as const), key: fc.constant(0), at: fc.nat(50) }),
  );

  test("gives each key once, when its last time has come, like a plain map", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const queue = createDueQueue<number>();
        const model = new Map<number, number>();
        const acts = {
          set(key: number, at: number) {
            queue.set(key, at);
            model.set(key, at);
          },
          delete(key: number) {
            queue.delete(key);
            model.delete(key);
          },
          take(_key: number, at: number) {
            const due = [...model].filter(([, dueMs]) => dueMs <= at).map(([key]) => key);
            const taken = queue.take(at);
            expect(due.length > 0 ? due : [undefined]).toContain(taken);
            if (taken !== undefined) model.delete(taken);
          },
        };
        for (const { act, key, at } of steps) {
          acts[act](key, at);
          expect(queue.size).toBe(model.size);
        }
      }),
    );
  });

  test("gives the earliest first", () => {
    const queue = createDueQueue<string>();
    for (const [key, at] of Object.entries({ c: 3, a: 1, d: 4, b: 2 })) queue.set(key, at);
    expect(["a", "b", "c", "d"].map(() => queue.take(10))).toEqual(["a", "b", "c", "d"]);
  });
});
