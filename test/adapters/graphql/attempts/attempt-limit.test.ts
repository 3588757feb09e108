import { describe, expect, test } from "vitest";
import { createAttemptLimit } from "../../../../src/adapters/graphql/attempts/attempt-limit.ts";

const limits = { perSource: 2, inAll: 3, windowMs: 60_000 };

describe("counting attempts that failed", () => {
  test("lets a source fail so often, and tells it how long to wait from then on", () => {
    const count = createAttemptLimit(limits);
    expect([count("a", 0), count("a", 1_000)]).toEqual([undefined, undefined]);
    expect([count("a", 1_000), count("a", 59_999)]).toEqual([59, 1]);
    expect(count("b", 59_999)).toBeUndefined();
  });

  test("begins anew when the window is over", () => {
    const count = createAttemptLimit(limits);
    for (let number = 1; number <= 3; number++) count("a", 0);
    expect(count("a", 60_000)).toBeUndefined();
  });

  test("begins anew when the clock was set back", () => {
    const count = createAttemptLimit(limits);
    for (let number = 1; number <= 3; number++) count("a", 100_000);
    expect(count("a", 99_999)).toBeUndefined();
  });

  test("limits all sources together, so that no number of them fills the memory", () => {
    const count = createAttemptLimit(limits);
    expect(["a", "b", "c", "d"].map((source) => count(source, 0))).toEqual([
      undefined,
      undefined,
      undefined,
      60,
    ]);
  });
});
