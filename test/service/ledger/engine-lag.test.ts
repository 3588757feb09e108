import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { positionText } from "../../../src/adapters/event-store/position.ts";
import { engineLag } from "../../../src/service/ledger/engine-lag.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const at = (octet: number) => positionText({ logId: "a".repeat(16), incarnation: "0001aaaaaaaa" }, octet);

async function lagTo(head: string | undefined) {
  const { lagEvents } = engineLag({ head: async () => head });
  await vi.advanceTimersByTimeAsync(2_000);
  return lagEvents;
}

test("a view that shows all of the log is behind by nothing", async () => {
  const lagEvents = await lagTo(at(90_000));
  expect(lagEvents({ position: at(90_000), events: 100 })).toBe(0);
  // The log may have grown since it was asked.
  expect(lagEvents({ position: at(95_000), events: 110 })).toBe(0);
});

test("the distance is counted in events as long as those that the view shows, and is never nothing", async () => {
  const lagEvents = await lagTo(at(100_000));
  expect(lagEvents({ position: at(50_000), events: 100 })).toBe(100);
  expect(lagEvents({ position: at(99_999), events: 100 })).toBe(1);
});

test("a view that shows nothing yet is behind by about all of it", async () => {
  const lagEvents = await lagTo(at(1_024_000));
  expect(lagEvents({ position: undefined, events: 0 })).toBe(1_000);
});

test("nothing is said of a log that is empty, or whose end is not known", async () => {
  expect((await lagTo(undefined))({ position: undefined, events: 0 })).toBe(0);
  const { lagEvents } = engineLag({ head: () => Promise.reject(new Error("away")) });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(lagEvents({ position: undefined, events: 0 })).toBe(0);
});
