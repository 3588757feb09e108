import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createBootTargets } from "../../src/projections/boot-targets.ts";
import { createClockGuard } from "../../src/service/clock-guard.ts";
import { startUpkeep, type UpkeepOptions } from "../../src/service/upkeep.ts";
import { countingIds, handlersOn, memoryLog } from "../support/recording.ts";
import { nowMs } from "../support/samples.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  let wallMs: number = nowMs;
  const clock = () => new Date(wallMs);
  const clockGuard = createClockGuard({ clock, steadyMs: () => 0, longestLeaseMs: () => 3_600_000 });
  const record = vi.fn<UpkeepOptions["record"]>(() => Promise.resolve());
  const log = { warn: vi.fn(), error: vi.fn() };
  const expiry = { run: vi.fn(() => Promise.resolve(0)), counters: { expired: 0, failed: 0 } };
  const upkeep = startUpkeep({
    core: {
      targets: createBootTargets(),
      clockGuard,
      handlers: handlersOn(memoryLog()),
      dhcp: { expiry } as unknown as UpkeepOptions["core"]["dhcp"],
      observer: { summarize: vi.fn() } as unknown as UpkeepOptions["core"]["observer"],
    },
    clock,
    newId: countingIds(700_000),
    record,
    log,
  });
  return {
    upkeep,
    clockGuard,
    record,
    log,
    expiry,
    setClock: (ms: number) => {
      wallMs += ms;
    },
  };
}

describe("a step of the wall clock", () => {
  test("is recorded once", async () => {
    const { record, setClock, upkeep } = setUp();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(record).not.toHaveBeenCalled();
    setClock(86_400_000);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(record.mock.calls.map(([command]) => command)).toEqual([
      { type: "RecordClockStep", fromMs: nowMs, toMs: nowMs + 86_400_000 },
    ]);
    await upkeep.stop();
  });

  test("that the log does not take is tried again until it does", async () => {
    const { record, setClock, clockGuard, upkeep, log } = setUp();
    record.mockRejectedValueOnce(new Error("the disk is full"));
    setClock(86_400_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(log.error).toHaveBeenCalledOnce();
    expect(clockGuard.isSuspect()).toBe(true);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(record).toHaveBeenCalledTimes(2);
    await upkeep.stop();
  });
});

describe("stopping", () => {
  test("waits for the round under way, and starts no other", async () => {
    const { upkeep, expiry } = setUp();
    const round = Promise.withResolvers<number>();
    expiry.run.mockReturnValueOnce(round.promise);
    await vi.advanceTimersByTimeAsync(1_000);
    const stopped = vi.fn();
    const stopping = upkeep.stop().then(stopped);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(stopped).not.toHaveBeenCalled();
    round.resolve(0);
    await stopping;
    expect(expiry.run).toHaveBeenCalledOnce();
  });
});
