import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ContestedLeadership } from "../../../src/service/leadership/leadership.ts";
import { leaseMs, world } from "./world.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the leadership", () => {
  test("is the first one's, and the log is told before it acts", async () => {
    const { process, terms } = world();
    const one = process("one");
    const other = process("other");
    await one.look();
    await other.look();
    expect([one.isHeld(), other.isHeld()]).toEqual([true, false]);
    expect(terms).toMatchObject([{ term: 1, holder: "one" }]);
  });

  test("stays where it is renewed, and the log hears nothing of that", async () => {
    const { process, terms, claims } = world();
    const one = process("one");
    const other = process("other");
    for (let lookAt = 0; lookAt < 200; lookAt++) {
      await one.look();
      await other.look();
      vi.advanceTimersByTime(500);
    }
    expect(one.term()).toBe(1);
    expect(terms).toHaveLength(1);
    expect(claims.length).toBeGreaterThan(40);
  });

  test("goes to another within its lease time when its holder dies", async () => {
    const { process, terms } = world();
    const one = process("one");
    const other = process("other");
    await one.look();
    await other.look();
    const diedAtMs = Date.now();
    while (!other.isHeld()) {
      vi.advanceTimersByTime(500);
      await other.look();
    }
    expect(Date.now() - diedAtMs).toBeLessThanOrEqual(leaseMs);
    expect(other.term()).toBe(2);
    expect(terms).toMatchObject([{ holder: "one" }, { holder: "other" }]);
  });
});

describe("the leadership of a process that was away", () => {
  test("is left by a holder that was frozen as soon as it looks at its clock, and is another's then", async () => {
    const { process } = world();
    const one = process("one");
    const other = process("other");
    await one.look();
    await other.look();
    vi.advanceTimersByTime(leaseMs);
    expect(one.isHeld()).toBe(false);
    await other.look();
    expect(other.term()).toBe(2);
    await one.look();
    expect(one.isHeld()).toBe(false);
    await one.look();
    expect([one.isHeld(), other.isHeld()]).toEqual([false, true]);
  });

  test("comes back to a holder whose engine was away, without a new term, when nobody took it", async () => {
    const { process } = world();
    const one = process("one");
    await one.look();
    vi.advanceTimersByTime(10 * leaseMs);
    expect(one.isHeld()).toBe(false);
    await one.look();
    expect(one.term()).toBe(1);
  });

  test("that is given up is taken at once", async () => {
    const { process } = world();
    const one = process("one");
    const other = process("other");
    await one.look();
    await other.look();
    await one.release();
    expect(one.isHeld()).toBe(false);
    await other.look();
    expect(other.term()).toBe(2);
  });

  test("begins above every term that the log knows, should the register be lost", async () => {
    const { process, terms, claims } = world();
    terms.push({ term: 7, holder: "somebody" });
    const one = process("one");
    await one.look();
    expect(one.isHeld()).toBe(false);
    claims.length = 0;
    await one.look();
    expect(one.term()).toBe(8);
  });
});

test("a register that was emptied frees nothing: who leads goes on until its time is over", async () => {
  const { process, claims, terms } = world();
  const one = process("one");
  const other = process("other");
  await one.look();
  await other.look();
  claims.length = 0;
  await other.look();
  expect([one.isHeld(), other.isHeld()]).toEqual([true, false]);
  vi.advanceTimersByTime(leaseMs);
  await other.look();
  expect([one.isHeld(), other.isHeld()]).toEqual([false, true]);
  expect(terms.map(({ term }) => term)).toEqual([1, 2]);
});

describe("something else than a claim in the register", () => {
  /** Looks every half second until this one leads; how long that took, milliseconds. */
  async function untilHeld(leadership: ContestedLeadership): Promise<number> {
    const beganMs = Date.now();
    while (!leadership.isHeld() && Date.now() - beganMs < 3_600_000) {
      await leadership.look();
      if (!leadership.isHeld()) vi.advanceTimersByTime(500);
    }
    return Date.now() - beganMs;
  }

  test("may be a claim of who leads: nobody takes it before the longest claim has run out", async () => {
    const { process, spoil, terms } = world();
    const onUnreadable = vi.fn();
    const one = process("one");
    const other = process("other", { onUnreadable });
    await one.look();
    await other.look();
    spoil();
    vi.advanceTimersByTime(leaseMs);
    expect(one.isHeld()).toBe(false);
    const tookMs = await untilHeld(other);
    expect(tookMs).toBeGreaterThanOrEqual(225_000);
    expect(tookMs).toBeLessThan(230_000);
    expect(onUnreadable.mock.calls).toEqual([[1]]);
    expect(terms).toMatchObject([{ holder: "one" }, { term: 2, holder: "other" }]);
  });

  test("before a process starts is no end of it either, whatever term the log knows", async () => {
    const { process, spoil, terms } = world();
    terms.push({ term: 7, holder: "somebody" });
    spoil();
    const one = process("one");
    expect(await untilHeld(one)).toBeLessThan(300_000);
    expect(one.term()).toBe(8);
  });

  test("is a claim for longer than any process may claim, too", async () => {
    const { process, claims } = world();
    claims.push({ term: 1, holder: "somebody", leaseMs: Number.MAX_SAFE_INTEGER });
    expect(await untilHeld(process("one"))).toBeLessThan(300_000);
  });

  test("is nobody who has other keys", async () => {
    const { process, spoil } = world();
    const one = process("one", { keys: "others" });
    const other = process("other");
    await one.look();
    await other.meetsOtherKeys();
    spoil();
    await expect(other.look()).resolves.toBeUndefined();
  });
});

describe("a process with other secret keys than the one that leads", () => {
  test("is told so as soon as that one has shown that it is alive, and never leads", async () => {
    const { process } = world();
    const one = process("one");
    const other = process("other", { keys: "others" });
    await one.look();
    expect(await other.meetsOtherKeys()).toBe(true);
    vi.advanceTimersByTime(leaseMs * 0.3);
    await one.look();
    await expect(other.look()).rejects.toThrow(/secrets\/ are others than those of one/);
    expect(other.isHeld()).toBe(false);
  });

  test("leads in its turn when that one has left or died", async () => {
    const { process, claims } = world();
    const [one, other] = [process("one"), process("other", { keys: "others" })];
    await one.look();
    expect(await other.meetsOtherKeys()).toBe(true);
    vi.advanceTimersByTime(leaseMs);
    expect(await other.meetsOtherKeys()).toBe(false);
    await other.look();
    expect(other.isHeld()).toBe(true);
    await other.release();
    expect(await process("third").meetsOtherKeys()).toBe(false);
    expect(claims.map(({ keys }) => keys)).toEqual(["shared", "others", undefined]);
  });

  test("ends the one that led before and comes back late", async () => {
    const { process } = world();
    const [one, other] = [process("one"), process("other", { keys: "others" })];
    await one.look();
    await other.look();
    vi.advanceTimersByTime(leaseMs);
    await other.look();
    // Its renewal finds the place taken; then it looks, and sees who has it, and that this one lives.
    await one.look();
    await one.look();
    vi.advanceTimersByTime(leaseMs * 0.3);
    await other.look();
    await expect(one.look()).rejects.toThrow(/than those of other/);
  });
});
