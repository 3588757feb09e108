import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LogHealth } from "../../../src/adapters/event-store/sqlite/latch.ts";
import { EventStoreError } from "../../../src/domain/ports/event-store.ts";
import { watchEngine } from "../../../src/service/ledger/engine-health.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch() {
  let answer: () => Promise<void> = async () => {};
  const told: LogHealth["status"][] = [];
  const health = watchEngine({ ping: () => answer(), onHealth: ({ status }) => told.push(status) });
  return {
    health,
    told,
    answers(next: () => Promise<void>) {
      answer = next;
    },
  };
}

const failed = () => Promise.reject(new EventStoreError("LOG_READ_ONLY", "the engine does not answer"));

test("an engine that answers is writable, and nothing is told", async () => {
  const { health, told } = watch();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(health.now()).toEqual({ status: "writable" });
  expect(told).toEqual([]);
});

test("one that is silent is told of once, within four seconds, and once when it speaks again", async () => {
  const { health, told, answers } = watch();
  answers(() => new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(4_000);
  expect(told).toEqual(["read-only"]);
  expect(health.now()).toMatchObject({ reason: expect.stringContaining("2000 ms") });
  await vi.advanceTimersByTimeAsync(60_000);
  answers(async () => {});
  await vi.advanceTimersByTimeAsync(4_000);
  expect(told).toEqual(["read-only", "writable"]);
});

test("one that refuses says why", async () => {
  const { health, answers } = watch();
  answers(() => Promise.reject(new Error("the engine holds another log")));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(health.now()).toEqual({ status: "read-only", reason: "the engine holds another log" });
});

test("one that answers and takes no append is read-only until it takes one", async () => {
  const { health, told } = watch();
  await expect(health.noting(failed())).rejects.toThrow();
  expect(told).toEqual(["read-only"]);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await health.noting(Promise.resolve("appended"))).toBe("appended");
  expect(told).toEqual(["read-only", "writable"]);
});

test("an append that failed is forgiven after a while when nobody tries another", async () => {
  const { health, told } = watch();
  await expect(health.noting(failed())).rejects.toThrow();
  await vi.advanceTimersByTimeAsync(18_000);
  expect(told).toEqual(["read-only", "writable"]);
});

test("an append that was refused for itself says nothing about the engine", async () => {
  const { health, told } = watch();
  const refused = Promise.reject(new EventStoreError("EVENT_TOO_LARGE", "too large"));
  await expect(health.noting(refused)).rejects.toThrow();
  expect(told).toEqual([]);
});
