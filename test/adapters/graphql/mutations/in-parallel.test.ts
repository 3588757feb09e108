import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { inParallel } from "../../../../src/adapters/graphql/mutations/in-parallel.ts";

const items = Array.from({ length: 20 }, (_, index) => index);

describe("acting on many items", () => {
  test("answers in their order, and acts on no more at a time than it may", async () => {
    let [now, most] = [0, 0];
    const results = await inParallel(items, 4, async (item, index) => {
      most = Math.max(most, ++now);
      for (let turns = 20 - item; turns > 0; turns--) await turn();
      now--;
      return `${item} ${index}`;
    });
    expect(results).toEqual(items.map((item) => `${item} ${item}`));
    expect(most).toBe(4);
  });

  test("begins no more once one failed", async () => {
    const begun: number[] = [];
    const acting = inParallel(items, 2, async (item) => {
      begun.push(item);
      await turn();
      if (item === 3) throw new Error("three");
    });
    await expect(acting).rejects.toThrow("three");
    await turn();
    expect(begun.length).toBeLessThan(8);
  });

  test("answers nothing for nothing", async () => {
    expect(await inParallel([], 4, async () => 1)).toEqual([]);
  });
});
