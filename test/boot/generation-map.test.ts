import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createGenerationMap } from "../../src/boot/generation-map.ts";

describe("a generation map", () => {
  test("never holds more than its limit, and keeps what was used last", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(40)), { maxLength: 300 }), (steps) => {
        const map = createGenerationMap<number, number>(10);
        const used: number[] = [];
        for (const [isSet, key] of steps) {
          if (isSet) map.set(key, key);
          if (isSet || map.get(key) !== undefined) used.push(key);
          expect(map.size).toBeLessThanOrEqual(10);
        }
        const lastUsed = [...new Set(used.toReversed())].slice(0, 4);
        for (const key of lastUsed) expect(map.get(key)).toBe(key);
      }),
    );
  });

  test("forgets what was deleted, in both generations", () => {
    const map = createGenerationMap<string, number>(4);
    map.set("old", 1);
    map.set("other", 2);
    map.set("young", 3);
    map.delete("old");
    map.delete("young");
    expect([map.get("old"), map.get("young"), map.get("other")]).toEqual([undefined, undefined, 2]);
  });
});
