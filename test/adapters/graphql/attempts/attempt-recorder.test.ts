import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createMemoryEventStore } from "../../../../src/adapters/event-store/memory/memory-event-store.ts";
import { createAttemptRecorder } from "../../../../src/adapters/graphql/attempts/attempt-recorder.ts";
import type { EventStore } from "../../../../src/domain/ports/event-store.ts";
import { newId } from "../../../../src/ids.ts";
import { recordedIn } from "../support/door.ts";

const minuteMs = 60_000;
const hourMs = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function recorderOn(store: Pick<EventStore, "append">, faults: unknown[] = []) {
  const onFault = (error: unknown) => faults.push(error);
  return createAttemptRecorder({ store, newId, gatherMs: minuteMs, onFault });
}

async function recorded(store: EventStore) {
  return (await recordedIn(store)).map(({ stream, type, data }) => ({ stream, type, data }));
}

describe("recording attempts that failed", () => {
  test("tells of a source's minute in one event", async () => {
    const store = createMemoryEventStore(() => new Date());
    const recorder = recorderOn(store);
    for (const nowMs of [1_000, 2_000, 5_000]) recorder.note("10.0.0.1", nowMs);
    expect(await recorded(store)).toEqual([]);
    await vi.advanceTimersByTimeAsync(minuteMs);
    const data = { count: 3, firstAtMs: 1_000, lastAtMs: 5_000 };
    expect(await recorded(store)).toEqual([{ stream: "login-10.0.0.1", type: "AuthenticationFailed", data }]);
  });

  test("tells of the next minute in the next event", async () => {
    const store = createMemoryEventStore(() => new Date());
    const recorder = recorderOn(store);
    recorder.note("10.0.0.1", 0);
    await vi.advanceTimersByTimeAsync(minuteMs);
    recorder.note("10.0.0.1", minuteMs);
    recorder.note("10.0.0.2", minuteMs);
    await vi.advanceTimersByTimeAsync(minuteMs);
    expect((await recorded(store)).map(({ stream }) => stream)).toEqual([
      "login-10.0.0.1",
      "login-10.0.0.1",
      "login-10.0.0.2",
    ]);
  });

  test("gives 60 sources an hour a stream of their own, and one to all others", async () => {
    const store = createMemoryEventStore(() => new Date());
    const recorder = recorderOn(store);
    for (let number = 1; number <= 1_000; number++) recorder.note(`source ${number}`, 0);
    await recorder.close();
    const events = await recorded(store);
    expect(events).toHaveLength(61);
    expect(events.at(-1)).toMatchObject({ stream: "login-other", data: { count: 940 } });
    recorder.note("source 1", hourMs - 1);
    recorder.note("source 99", hourMs - 1);
    recorder.note("source 99", hourMs);
    await recorder.close();
    expect((await recorded(store)).slice(61).map(({ stream }) => stream)).toEqual([
      "login-source 1",
      "login-other",
      "login-source 99",
    ]);
  });

  test("records what it has gathered when the service stops", async () => {
    const store = createMemoryEventStore(() => new Date());
    const recorder = recorderOn(store);
    recorder.note("10.0.0.1", 0);
    await recorder.close();
    await vi.advanceTimersByTimeAsync(minuteMs);
    expect(await recorded(store)).toHaveLength(1);
  });

  test("tells of an event that the log did not take, and goes on", async () => {
    const faults: unknown[] = [];
    const full = new Error("the disk is full");
    const recorder = recorderOn({ append: () => Promise.reject(full) }, faults);
    recorder.note("10.0.0.1", 0);
    recorder.note("10.0.0.2", 0);
    await recorder.close();
    expect(faults).toEqual([full, full]);
  });
});
