import { describe, expect, test } from "vitest";
import { isDue, unsignedEvents } from "../../../src/service/checkpoints/policy.ts";

const policy = { everyEvents: 100, everyMs: 60_000 };
const newest = { size: 500, signedAtMs: 1_000_000 };

describe("when a checkpoint is due", () => {
  test("an idle log is never signed again: the record of a checkpoint is no reason for another", () => {
    expect(unsignedEvents(501, newest)).toBe(0);
    expect(isDue(policy, { size: 501, newest, sinceMs: 0, nowMs: Number.MAX_SAFE_INTEGER })).toBe(false);
    expect(isDue(policy, { size: 0, newest: undefined, sinceMs: 0, nowMs: 1e12 })).toBe(false);
  });

  test("a single event waits for its time", () => {
    expect(unsignedEvents(502, newest)).toBe(1);
    const at = (nowMs: number) => isDue(policy, { size: 502, newest, sinceMs: 0, nowMs });
    expect(at(newest.signedAtMs + policy.everyMs - 1)).toBe(false);
    expect(at(newest.signedAtMs + policy.everyMs)).toBe(true);
  });

  test("many events do not wait", () => {
    const of = (size: number) => isDue(policy, { size, newest, sinceMs: 0, nowMs: newest.signedAtMs });
    expect(of(600)).toBe(false);
    expect(of(601)).toBe(true);
  });

  test("the first is due that long after the service began to look", () => {
    const at = (nowMs: number) => isDue(policy, { size: 1, newest: undefined, sinceMs: 5_000, nowMs });
    expect(at(64_999)).toBe(false);
    expect(at(65_000)).toBe(true);
  });
});
