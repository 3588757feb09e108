import { describe, expect, test } from "vitest";
import { systemCodec } from "../../src/domain/system/events.ts";
import { createClockGuard } from "../../src/service/clock-guard.ts";
import { asRecorded } from "../support/recording.ts";
import { nowMs, samples } from "../support/samples.ts";

const leaseMs = 3_600_000;

/** Two clocks that a test moves, together or one alone. */
async function setUp() {
  let wallMs: number = nowMs;
  let steadyMs = 0;
  const guard = createClockGuard({
    clock: () => new Date(wallMs),
    steadyMs: () => steadyMs,
    longestLeaseMs: () => leaseMs,
  });
  const [stepped, confirmed] = await asRecorded("system", systemCodec, [
    samples.ClockStepped,
    samples.ClockConfirmed,
  ]);
  if (!stepped || !confirmed) throw new Error("the samples were not recorded");
  return {
    guard,
    stepped,
    confirmed,
    pass(ms: number) {
      wallMs += ms;
      steadyMs += ms;
    },
    set(ms: number) {
      wallMs += ms;
    },
  };
}

describe("a wall clock that is set", () => {
  test("is in doubt at once, before anybody has recorded it", async () => {
    const { guard, pass, set } = await setUp();
    pass(500);
    expect(guard.isSuspect()).toBe(false);
    set(86_400_000);
    expect(guard.isSuspect()).toBe(true);
    expect(guard.step()).toEqual({ fromMs: nowMs + 500, toMs: nowMs + 500 + 86_400_000 });
  });

  test("stays so from its record on, before the record comes back from the log", async () => {
    const { guard, set, pass } = await setUp();
    set(-120_000);
    guard.settle();
    expect(guard.step()).toBeUndefined();
    pass(leaseMs - 1);
    expect(guard.isSuspect()).toBe(true);
    pass(1);
    expect(guard.isSuspect()).toBe(false);
  });

  test("is trusted again once an operator has confirmed it", async () => {
    const { guard, set, stepped, confirmed } = await setUp();
    set(86_400_000);
    guard.settle();
    guard.apply(stepped);
    expect(guard.isSuspect()).toBe(true);
    guard.apply(confirmed);
    expect(guard.isSuspect()).toBe(false);
  });

  test("bit by bit was corrected, not changed", async () => {
    const { guard, set, pass } = await setUp();
    for (let round = 0; round < 10; round++) {
      pass(1_000);
      set(30_000);
      expect(guard.isSuspect()).toBe(false);
      guard.settle();
    }
  });
});
