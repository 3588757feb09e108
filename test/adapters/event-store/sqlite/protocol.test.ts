import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  errorOf,
  type Flat,
  failureOf,
  readAppends,
  readOutcomes,
  writeAppend,
  writeOutcome,
} from "../../../../src/adapters/event-store/sqlite/protocol.ts";
import type { AppendOutcome } from "../../../../src/adapters/event-store/sqlite/writer.ts";
import { EventStoreError } from "../../../../src/domain/ports/event-store.ts";

const text = fc.string();
const event = fc.record({ id: fc.uuid(), type: text, schema: fc.nat(), data: text, meta: text });
const expectedRevision = fc.oneof(fc.nat(), fc.constantFrom("any" as const, "no-stream" as const));
const append = fc.record({
  stream: text,
  expectedRevision,
  events: fc.array(event, { minLength: 1, maxLength: 4 }),
});
const outcome: fc.Arbitrary<AppendOutcome> = fc.oneof(
  fc.record({
    outcome: fc.constant("appended" as const),
    revision: fc.nat(),
    position: fc.nat(),
    time: fc.nat(),
  }),
  fc.record({
    outcome: fc.constant("conflict" as const),
    actualRevision: fc.oneof(fc.nat(), fc.constant("no-stream" as const)),
  }),
  fc.record({
    outcome: fc.constant("failed" as const),
    error: text.map((why) => new EventStoreError("LOG_CLOSED", why)),
  }),
);

describe("what travels between threads", () => {
  test("arrives as the appends that were sent", async () => {
    await fc.assert(
      fc.property(fc.array(append), (appends) => {
        const flat: Flat = [];
        for (const [call, sent] of appends.entries()) writeAppend(flat, call, sent);
        const received = readAppends(structuredClone(flat));
        expect(received).toEqual(appends.map((sent, call) => ({ call, append: sent })));
      }),
    );
  });

  test("arrives as the outcomes that were sent", async () => {
    await fc.assert(
      fc.property(fc.array(outcome), (outcomes) => {
        const flat: Flat = [];
        for (const [call, sent] of outcomes.entries()) writeOutcome(flat, call, sent);
        const received = readOutcomes(structuredClone(flat));
        expect(received).toEqual(outcomes.map((sent, call) => ({ call, outcome: sent })));
      }),
    );
  });

  test.each([
    new EventStoreError("LOG_LOCKED", "in use"),
    new Error("a bug"),
  ])("keeps what kind of error it was: %s", (error) => {
    const received = errorOf(structuredClone(failureOf(error)));
    expect(received).toEqual(error);
    expect(received.constructor).toBe(error.constructor);
  });
});
