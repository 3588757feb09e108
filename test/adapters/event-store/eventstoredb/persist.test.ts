import { describe, expect, test } from "vitest";
import {
  backoffMs,
  deadlineIn,
  persist,
  within,
} from "../../../../src/adapters/event-store/eventstoredb/persist.ts";
import { EventStoreError } from "../../../../src/domain/ports/event-store.ts";

const random = () => 0;

/** Fails as often as told, then answers. */
function failing(times: number, error: unknown = new Error("UNAVAILABLE")) {
  let asked = 0;
  return async () => {
    if (asked++ < times) throw error;
    return asked;
  };
}

describe("asking an engine again", () => {
  test("goes on until it answers", async () => {
    expect(await persist(failing(3), { deadline: deadlineIn(60_000), random })).toBe(4);
  });

  test("ends with the last failure when there is no time for another pause", async () => {
    await expect(persist(failing(1), { deadline: deadlineIn(5), random })).rejects.toThrow("UNAVAILABLE");
  });

  test("is no use when the answer is known", async () => {
    const known = new EventStoreError("DUPLICATE_EVENT_ID", "twice");
    const deadline = deadlineIn(60_000);
    await expect(persist(failing(1, known), { deadline, random })).rejects.toBe(known);
  });
});

test("pauses double, up to a second, and are spread over their second half", () => {
  expect([0, 1, 2, 10, 99].map((attempt) => backoffMs(attempt, () => 0))).toEqual([10, 20, 40, 500, 500]);
  expect(backoffMs(0, () => 0.5)).toBe(15);
});

describe("an answer that is waited for so long", () => {
  test("is passed on when it comes, good or bad", async () => {
    expect(await within(60_000, Promise.resolve(1))).toBe(1);
    await expect(within(60_000, Promise.reject(new Error("no")))).rejects.toThrow("no");
  });

  test("is an error when it does not come, and let go when it fails later", async () => {
    const { promise, reject } = Promise.withResolvers<never>();
    await expect(within(1, promise)).rejects.toMatchObject({ name: "NoAnswerError" });
    reject(new Error("late"));
  });
});
