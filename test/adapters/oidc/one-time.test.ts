import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createOneTime } from "../../../src/adapters/oidc/one-time.ts";

function start({ most = 3, mostOfSource = 3 } = {}) {
  const time = { nowMs: 0 };
  const clock = () => new Date(time.nowMs);
  return { time, kept: createOneTime<string>({ keptMs: 1_000, most, mostOfSource, clock, randomBytes }) };
}

describe("keeping a value for one use", () => {
  test("gives it to who brings its key, once", () => {
    const { kept } = start();
    const [one, two] = [kept.put("one", "a"), kept.put("two", "b")];
    expect([kept.take(two), kept.take(one), kept.take(one), kept.take("")]).toEqual([
      "two",
      "one",
      undefined,
      undefined,
    ]);
    expect(one).toMatch(/^[\w-]{43}$/);
  });

  test("ends with its time", () => {
    const { kept, time } = start();
    const [early, late] = [kept.put("early", "a"), kept.put("late", "a")];
    time.nowMs = 999;
    expect(kept.take(early)).toBe("early");
    time.nowMs = 1_000;
    expect(kept.take(late)).toBeUndefined();
  });

  test("lets the newest push out the oldest", () => {
    const { kept } = start();
    const keys = ["a", "b", "c", "d"].map((value) => kept.put(value, `of ${value}`));
    expect(keys.map(kept.take)).toEqual([undefined, "b", "c", "d"]);
  });

  test("lets a source push out its own oldest, and nobody else's", () => {
    const { kept } = start({ most: 100, mostOfSource: 2 });
    const other = kept.put("other", "b");
    const keys = Array.from({ length: 50 }, (_, number) => kept.put(`${number}`, "a"));
    expect(keys.map(kept.take).filter((value) => value !== undefined)).toEqual(["48", "49"]);
    expect(kept.take(other)).toBe("other");
  });

  test("counts for a source only what is kept still", () => {
    const { kept } = start({ most: 100, mostOfSource: 2 });
    const first = kept.put("first", "a");
    for (let number = 0; number < 5; number++) kept.take(kept.put(`${number}`, "a"));
    expect(kept.take(first)).toBe("first");
  });
});
