import { describe, expect, test } from "vitest";
import { createWindowCount } from "../../src/boot/window-count.ts";

const hourMs = 3_600_000;

describe("a count of a window", () => {
  test("is each key's own, and begins with the first that is counted", () => {
    const count = createWindowCount<string>({ windowMs: hourMs, keysMax: 100 });
    count.add("ada", 1_000);
    count.add("ada", hourMs);
    expect([count.get("ada", hourMs + 999), count.get("bob", hourMs)]).toEqual([2, 0]);
    expect(count.get("ada", hourMs + 1_000)).toBe(0);
    count.add("ada", hourMs + 1_000);
    expect(count.get("ada", 2 * hourMs)).toBe(1);
  });

  test("begins anew when the clock was set back", () => {
    const count = createWindowCount<string>({ windowMs: hourMs, keysMax: 100 });
    count.add("ada", 5_000);
    expect(count.get("ada", 4_999)).toBe(0);
    count.add("ada", 1_000);
    expect(count.get("ada", 1_000)).toBe(1);
  });

  test("forgets keys that were not counted for long, and never grows beyond its limit", () => {
    const count = createWindowCount<number>({ windowMs: hourMs, keysMax: 10 });
    for (let key = 0; key < 1_000; key++) count.add(key, 0);
    expect([count.get(0, 0), count.get(999, 0)]).toEqual([0, 1]);
  });
});
