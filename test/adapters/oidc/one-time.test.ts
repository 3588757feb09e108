import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createOneTime } from "../../../src/adapters/oidc/one-time.ts";

function start(most = 3) {
  const time = { nowMs: 0 };
  const clock = () => new Date(time.nowMs);
  return { time, kept: createOneTime<string>({ keptMs: 1_000, most, clock, randomBytes }) };
}

describe("keeping a value for one use", () => {
  test("gives it to who brings its key, once", () => {
    const { kept } = start();
    const [one, two] = [kept.put("one"), kept.put("two")];
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
    const [early, late] = [kept.put("early"), kept.put("late")];
    time.nowMs = 999;
    expect(kept.take(early)).toBe("early");
    time.nowMs = 1_000;
    expect(kept.take(late)).toBeUndefined();
  });

  test("lets the newest push out the oldest", () => {
    const { kept } = start();
    const keys = ["a", "b", "c", "d"].map(kept.put);
    expect(keys.map(kept.take)).toEqual([undefined, "b", "c", "d"]);
  });
});
