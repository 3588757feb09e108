import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { keepLeadership } from "../../../src/service/leadership/keep-leadership.ts";
import type { ContestedLeadership } from "../../../src/service/leadership/leadership.ts";
import { OtherKeysError } from "../../../src/service/leadership/watch-claims.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const leaseMs = 10_000;

function keep(look: () => Promise<void>) {
  const log = { info: vi.fn(), debug: vi.fn(), error: vi.fn() };
  const onOtherKeys = vi.fn();
  const leadership: ContestedLeadership = {
    look,
    isHeld: () => false,
    term: () => undefined,
    meetsOtherKeys: async () => false,
    release: async () => undefined,
  };
  const kept = keepLeadership({ leadership, leaseMs, onChange: () => undefined, onOtherKeys, log });
  onTestFinished(() => kept.stop());
  return { log, onOtherKeys };
}

test("that nothing can be settled for a lease's time is an error, told once, and so is its end", async () => {
  let fails = true;
  const { log } = keep(async () => {
    if (fails) throw new Error("the stream was deleted");
  });
  await vi.advanceTimersByTimeAsync(leaseMs / 2);
  expect(log.error).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(10 * leaseMs);
  expect(log.error.mock.calls).toEqual([
    [{ err: new Error("the stream was deleted") }, expect.stringContaining("cannot be settled")],
  ]);
  fails = false;
  await vi.advanceTimersByTimeAsync(leaseMs);
  expect(log.info.mock.calls).toEqual([[expect.stringContaining("again")]]);
});

test("a process that leads with other keys is told of as such", async () => {
  const { log, onOtherKeys } = keep(() => Promise.reject(new OtherKeysError("another")));
  await vi.advanceTimersByTimeAsync(leaseMs / 10);
  expect(onOtherKeys).toHaveBeenCalled();
  expect(log.error).not.toHaveBeenCalled();
});
