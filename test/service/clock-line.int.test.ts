import { MessageChannel } from "node:worker_threads";
import { expect, onTestFinished, test, vi } from "vitest";
import type { ClockWatch } from "../../src/domain/ports/clock-watch.ts";
import { EventStoreError } from "../../src/domain/ports/event-store.ts";
import { askClock, serveClock } from "../../src/service/clock-line.ts";

/** A thread's end of the line to this watch. */
function lineTo(recordStep: ClockWatch["recordStep"]): ClockWatch {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  serveClock(port1, { recordStep });
  return askClock(port2);
}

test("whoever asks for the clock's change to be recorded waits until it is", async () => {
  const recorded = Promise.withResolvers<void>();
  const recordStep = vi.fn(() => recorded.promise);
  const line = lineTo(recordStep);
  const done = vi.fn();
  const asked = line.recordStep().then(done);
  await expect.poll(() => recordStep.mock.calls.length).toBe(1);
  expect(done).not.toHaveBeenCalled();
  recorded.resolve();
  await asked;
});

test("a refusal of the log keeps its code, another error its words", async () => {
  const refusals = [new EventStoreError("LOG_READ_ONLY", "the disk is full"), new Error("it is busy")];
  const line = lineTo(() => Promise.reject(refusals.shift()));
  await expect(line.recordStep()).rejects.toMatchObject({ code: "LOG_READ_ONLY" });
  await expect(line.recordStep()).rejects.toThrow("it is busy");
});
