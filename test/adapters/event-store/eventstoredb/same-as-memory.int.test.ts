import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createMemoryEventStore } from "../../../../src/adapters/event-store/memory/memory-event-store.ts";
import type {
  AppendResult,
  EventStore,
  ExpectedRevision,
  RecordedEvent,
} from "../../../../src/domain/ports/event-store.ts";
import { meta, readWhole } from "../../../contracts/event-store.support.ts";
import { startFixture } from "../../../support/esdb-fixture/engine.ts";
import { openStore } from "./support.ts";

interface Step {
  readonly stream: string;
  readonly expectedRevision: ExpectedRevision;
  /** Few ids, so that many appends are retries, whole, partial or misplaced. */
  readonly ids: readonly number[];
  /** What becomes of the engine's first answer. */
  readonly trouble: readonly ("lost" | "refused")[];
}

const step: fc.Arbitrary<Step> = fc.record({
  stream: fc.constantFrom("machine-1", "machine-2", "network"),
  expectedRevision: fc.oneof(fc.constantFrom("no-stream" as const, "any" as const), fc.nat({ max: 6 })),
  ids: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 3 }),
  trouble: fc.array(fc.constantFrom("lost" as const, "refused" as const), { maxLength: 2 }),
});

test("the engine's store answers and records as the one in memory, whatever is asked and lost", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      let now = 0;
      const clock = () => new Date(now);
      const fixture = await startFixture();
      const [memory, store] = [createMemoryEventStore(clock), openStore(fixture.connectionString, { clock })];
      await store.head();
      for (const [place, asking] of steps.entries()) {
        now = [7, 3, 9][place % 3] ?? 0;
        const expected = await answerOf(memory, asking);
        const appends = fixture.nodes[0]?.trouble.appends;
        appends?.splice(0, 2, ...asking.trouble);
        expect(await answerOf(store, asking)).toEqual(expected);
      }
      expect((await readWhole(store)).map(unplaced)).toEqual((await readWhole(memory)).map(unplaced));
      await store.close();
      fixture.stop();
    }),
    { numRuns: 25 },
  );
});

/** The result without its position, which is the store's own, or the code of the error. */
async function answerOf(store: EventStore, { stream, expectedRevision, ids }: Step): Promise<unknown> {
  const events = ids.map((n) => ({
    id: `01920000-0000-7000-8000-${String(n).padStart(12, "0")}`,
    type: "Numbered",
    schema: 1,
    data: { n },
    meta,
  }));
  try {
    const answer: AppendResult = await store.append(stream, { expectedRevision, events });
    return answer.outcome === "appended" ? { ...answer, position: undefined } : answer;
  } catch (error) {
    return (error as { code?: unknown }).code ?? error;
  }
}

function unplaced({ position: _position, ...event }: RecordedEvent) {
  return event;
}
