import { describe, expect, test } from "vitest";
import { createRateLimit } from "../../src/boot/rate-limit.ts";

const limit = () => createRateLimit<string>({ most: 2, windowMs: 1_000 });

describe("a key", () => {
  test("may be used so often in a window, and again in the next", () => {
    const admit = limit();
    const at = (nowMs: number) => admit("a", nowMs);
    expect([at(0), at(999), at(999), at(1_000), at(1_001), at(1_002)]).toEqual([
      true,
      true,
      false,
      true,
      true,
      false,
    ]);
  });

  test("takes nothing away from another", () => {
    const admit = limit();
    for (let use = 0; use < 5; use++) admit("a", 0);
    expect(admit("b", 0)).toBe(true);
  });

  test("is not held up by a clock that was set back", () => {
    const admit = limit();
    for (let use = 0; use < 5; use++) admit("a", 10_000);
    expect(admit("a", 0)).toBe(true);
  });
});
