import { DeadlineExceededError } from "@eventstore/db-client";
import { expect, test } from "vitest";
import {
  failureOf,
  isSilence,
  NoAnswerError,
  portError,
} from "../../../../src/adapters/event-store/eventstoredb/failure.ts";
import { EventStoreError } from "../../../../src/domain/ports/event-store.ts";

/** As it comes from below the client, without a type of the client's. */
const raw = (code: number, message: string) => Object.assign(new Error(message), { code });

test.each([
  [raw(14, "14 UNAVAILABLE: No connection established"), "unknown", "LOG_READ_ONLY"],
  [raw(7, "7 PERMISSION_DENIED: Access Denied"), "denied", "LOG_READ_ONLY"],
  [raw(3, "3 INVALID_ARGUMENT: Trying to read from an invalid position."), "no-position", "POSITION_UNKNOWN"],
  [raw(3, "3 INVALID_ARGUMENT: MaximumAppendEventSizeExceeded"), "too-large", "EVENT_TOO_LARGE"],
  [new Error("Failed to discover after 1 attempts."), "unknown", "LOG_READ_ONLY"],
  ["a string", "unknown", "LOG_READ_ONLY"],
])("%s means %s", (error, failure, code) => {
  expect(failureOf(error)).toBe(failure);
  expect(portError(error, "LOG_READ_ONLY")).toMatchObject({ code });
});

test("what the port can say already stays as it is", () => {
  const damaged = new EventStoreError("LOG_DAMAGED", "a hole");
  expect(portError(damaged, "LOG_UNREADABLE")).toBe(damaged);
});

test("silence is told from an answer that tells nothing", () => {
  const deadline = Object.assign(raw(4, "deadline"), { details: "", metadata: undefined });
  expect(isSilence(new NoAnswerError("none"))).toBe(true);
  expect(isSilence(new DeadlineExceededError(deadline as never))).toBe(true);
  expect(isSilence(raw(14, "UNAVAILABLE"))).toBe(false);
});
