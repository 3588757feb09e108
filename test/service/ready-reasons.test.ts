import { describe, expect, test } from "vitest";
import { type ReadyFacts, readyReasons, startingState, unready } from "../../src/service/ready-reasons.ts";

const limits = { diskFreeBytes: 1_000, viewLagEvents: 10 };
const well: ReadyFacts = {
  state: { ...startingState, isOpen: true },
  diskFreeBytes: 1_000,
  views: [
    { view: "machines", state: "live", lagEvents: 10 },
    { view: "runs", state: "catching-up", lagEvents: 0 },
  ],
  contradiction: undefined,
};

const reasonsOf = (facts: ReadyFacts) => unready(facts, limits).map(({ reason }) => reason);

const ill: Record<keyof typeof readyReasons, ReadyFacts> = {
  STARTING: { ...well, state: startingState },
  STOPPING: { ...well, state: { ...well.state, isStopping: true } },
  LOG_READ_ONLY: {
    ...well,
    state: { ...well.state, health: { status: "read-only", reason: "the disk is full" } },
  },
  DISK_LOW: { ...well, diskFreeBytes: 999 },
  WIRE_DOWN: { ...well, state: { ...well.state, wiresDown: ["eth1"] } },
  CLOCK_IN_DOUBT: { ...well, state: { ...well.state, clockInDoubt: true } },
  VIEW_BEHIND: { ...well, views: [{ view: "machines", state: "catching-up", lagEvents: 11 }] },
  LOG_CONTRADICTED: { ...well, contradiction: "a checkpoint covers 9 events, and the log has 4" },
  VIEW_STOPPED: { ...well, views: [{ view: "machines", state: "stopped", lagEvents: 0 }] },
};

describe("a service", () => {
  test("is ready at its limits", () => {
    expect(unready(well, limits)).toEqual([]);
  });

  test.each(
    Object.entries(ill),
  )("is not ready because of %s alone, and says more to whoever may know", (reason, facts) => {
    expect(reasonsOf(facts)).toEqual([reason]);
    expect(unready(facts, limits)[0]?.detail).not.toBe("");
  });

  test("is not ready while a view is tried again", () => {
    expect(reasonsOf({ ...well, views: [{ view: "runs", state: "retrying", lagEvents: 0 }] })).toEqual([
      "VIEW_STOPPED",
    ]);
  });

  test("names no path, number or error to everybody", () => {
    for (const text of Object.values(readyReasons)) expect(text).not.toMatch(/[/\d]/);
  });
});
