import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ContestedLeadership } from "../../../src/service/leadership/leadership.ts";
import { world } from "./world.ts";

/*
 * Three processes for ten minutes, whose engine is slow, silent and cut off, whose clocks drift, and which are stopped
 * in the middle of what they do and go on later.
 */

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Numbers that look random and are the same in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A process that looks again and again, unless it is stopped. */
function contender(shared: ReturnType<typeof world>, random: () => number, drift: number) {
  let frozenUntilMs = 0;
  let isBusy = false;
  const leadership: ContestedLeadership = shared.process(`process-${drift}`, { reach, drift });

  async function reach(): Promise<void> {
    await later(random() < 0.05 ? 4_000 * random() : 50 * random());
    await later(Math.max(0, frozenUntilMs - Date.now()));
    if (random() < 0.05) throw new Error("cut off");
  }

  async function look(): Promise<void> {
    isBusy = true;
    await leadership.look().catch(() => undefined);
    isBusy = false;
  }

  return {
    leadership,
    step() {
      const isFrozen = frozenUntilMs > Date.now();
      if (!isFrozen && random() < 0.002) frozenUntilMs = Date.now() + 30_000 * random();
      if (!isFrozen && !isBusy) void look();
    },
  };
}

test.each([
  1, 2, 3, 4, 5, 6, 7, 8,
])("processes never lead at once, and one leads again (%i)", async (seed) => {
  const random = dice(seed);
  const shared = world();
  const all = [0.96, 1, 1.04].map((drift) => contender(shared, random, drift));
  let ledMs = 0;

  for (let passedMs = 0; passedMs < 600_000; passedMs += 100) {
    for (const each of all) each.step();
    await vi.advanceTimersByTimeAsync(100);
    const leading = all.filter(({ leadership }) => leadership.isHeld());
    expect(leading.length).toBeLessThanOrEqual(1);
    ledMs += 100 * leading.length;
  }
  const terms = shared.terms.map(({ term }) => term);
  expect(terms).toEqual([...new Set(terms)].toSorted((one, other) => one - other));
  expect(terms.length).toBeGreaterThan(2);
  expect(ledMs).toBeGreaterThan(300_000);
});
