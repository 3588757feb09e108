import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ExhaustedWire } from "../../src/boot/dhcp/exhaustion.ts";
import { createBootTargets } from "../../src/projections/boot-targets.ts";
import { createClockGuard } from "../../src/service/clock-guard.ts";
import { type ClockWatchOptions, createClockWatch } from "../../src/service/clock-watch.ts";
import { soleLeadership } from "../../src/service/leadership/leadership.ts";
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
  const record = vi.fn<ClockWatchOptions["record"]>(() => Promise.resolve());
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const newId = countingIds(700_000);
  const clockWatch = createClockWatch({ clockGuard, newId, record, log });
  const dhcp = { received: 0, shed: 0 };
  const onClockDoubt = vi.fn();
  const expiry = { run: vi.fn(() => Promise.resolve(0)), counters: { expired: 0, failed: 0 } };
  const exhausted: ExhaustedWire[] = [];
  const upkeep = startUpkeep({
    leadership: soleLeadership,
    core: {
      targets: createBootTargets(),
      clockGuard,
      handlers: handlersOn(memoryLog()),
      dhcp: {
        expiry,
        exhaustion: { take: () => exhausted.splice(0) },
      } as unknown as UpkeepOptions["core"]["dhcp"],
      observer: { summarize: vi.fn() } as unknown as UpkeepOptions["core"]["observer"],
    },
    clock,
    clockWatch,
    newId,
    counts: () => ({ dhcp }),
    onClockDoubt,
    log,
  });
  return {
    upkeep,
    clockGuard,
    clockWatch,
    record,
    log,
    expiry,
    exhausted,
    dhcp,
    onClockDoubt,
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
    const { record, setClock, clockGuard, upkeep, log, onClockDoubt } = setUp();
    record.mockRejectedValueOnce(new Error("the disk is full"));
    setClock(86_400_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(log.error).toHaveBeenCalledOnce();
    expect(clockGuard.isSuspect()).toBe(true);
    expect(onClockDoubt.mock.calls).toEqual([[true]]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(record).toHaveBeenCalledTimes(2);
    await upkeep.stop();
  });

  test("is recorded for whoever asks sooner, once", async () => {
    const { record, setClock, clockWatch, upkeep } = setUp();
    setClock(86_400_000);
    await Promise.all([clockWatch.recordStep(), clockWatch.recordStep()]);
    expect(record).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(3_000);
    await clockWatch.recordStep();
    expect(record).toHaveBeenCalledOnce();
    await upkeep.stop();
  });
});

describe("a wire where addresses ran out", () => {
  test("is told once a minute, as long as clients go without", async () => {
    const { upkeep, log, exhausted } = setUp();
    exhausted.push({ subnets: ["lab"], unanswered: 7 });
    await vi.advanceTimersByTimeAsync(180_000);
    expect(log.warn.mock.calls).toEqual([
      [{ subnets: ["lab"], unanswered: 7 }, expect.stringContaining("no address was left")],
    ]);
    await upkeep.stop();
  });
});

describe("what was counted", () => {
  test("is told once a minute, and nothing is told of a quiet one", async () => {
    const { dhcp, log, upkeep } = setUp();
    dhcp.received = 7;
    dhcp.shed = 2;
    await vi.advanceTimersByTimeAsync(180_000);
    expect(log.info.mock.calls).toEqual([[{ dhcp: { received: 7, shed: 2 } }, "counted in the last minute"]]);
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
