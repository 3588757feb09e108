import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
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
