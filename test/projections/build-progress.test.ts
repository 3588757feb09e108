import { describe, expect, test } from "vitest";
import { createBuildMeter } from "../../src/projections/build-progress.ts";

function clocked(kind: "catch-up" | "rebuild", first: number) {
  const clock = { nowMs: 5_000 };
  return { clock, meter: createBuildMeter(kind, first, () => clock.nowMs) };
}

describe("the progress of a build", () => {
  test("tells how fast it is and how long it takes at that speed", () => {
    const { clock, meter } = clocked("rebuild", 0);
    clock.nowMs += 2_000;
    meter.at(3_000);
    expect(meter.progress(12_000)).toEqual({
      kind: "rebuild",
      phase: "reading",
      events: 3_000,
      total: 12_000,
      eventsPerSecond: 1_500,
      etaSeconds: 6,
    });
  });

  test("counts the speed from where it began", () => {
    const { clock, meter } = clocked("catch-up", 1_000);
    clock.nowMs += 1_000;
    meter.at(1_500);
    expect(meter.progress(2_000)).toMatchObject({ events: 1_500, eventsPerSecond: 500, etaSeconds: 1 });
  });

  test("knows no end before anything was read", () => {
    const { meter } = clocked("rebuild", 0);
    expect(meter.progress(10)).toMatchObject({ events: 0, eventsPerSecond: 0, etaSeconds: undefined });
  });

  test("has all there is when others know of less", () => {
    const { clock, meter } = clocked("rebuild", 0);
    clock.nowMs += 1_000;
    meter.at(20);
    meter.comparing();
    expect(meter.progress(10)).toMatchObject({ phase: "comparing", events: 20, total: 20, etaSeconds: 0 });
  });
});
