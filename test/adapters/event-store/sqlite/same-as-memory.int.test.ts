import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createMemoryEventStore } from "../../../../src/adapters/event-store/memory/memory-event-store.ts";
import { createSqliteEventStore } from "../../../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import type { EventStore, ExpectedRevision, NewEvent } from "../../../../src/domain/ports/event-store.ts";
import { meta, plain, readWhole } from "../../../contracts/event-store.support.ts";
import { openTestLog, serveTestLog, temporaryDirectory } from "./support.ts";

interface Step {
  readonly stream: string;
  readonly expectedRevision: ExpectedRevision;
  /** Few ids, so that many appends are retries, whole, partial or misplaced. */
  readonly ids: readonly number[];
}

const step: fc.Arbitrary<Step> = fc.record({
  stream: fc.constantFrom("machine-1", "machine-2", "network"),
  expectedRevision: fc.oneof(fc.constantFrom("no-stream" as const, "any" as const), fc.nat({ max: 6 })),
  ids: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 3 }),
});

test("the SQLite store answers and records as the one in memory, whatever is asked, also all at once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), fc.boolean(), async (steps, atOnce) => {
      let now = 0;
      const clock = () => new Date(now);
      const log = openTestLog(temporaryDirectory(), { clock });
      const stores = [
        createMemoryEventStore(clock, log.identity),
        createSqliteEventStore(serveTestLog(log).connect()),
      ] as const;
      const answers: unknown[][] = [[], []];
      for (const [index, store] of stores.entries()) {
        const asked = steps.map((asking, place) => () => {
          if (!atOnce) now = [7, 3, 9][place % 3] ?? 0;
          return answerOf(store, asking);
        });
        answers[index] = atOnce ? await Promise.all(asked.map((ask) => ask())) : await oneByOne(asked);
      }
      const [memory, sqlite] = stores;
      expect(answers[1]).toEqual(answers[0]);
      expect((await readWhole(sqlite)).map(plain)).toEqual(await readWhole(memory));
      await log.close();
    }),
    { numRuns: 25 },
  );
});

async function oneByOne(asked: readonly (() => Promise<unknown>)[]): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const ask of asked) answers.push(await ask());
  return answers;
}

/** The result, or the code of the error. */
async function answerOf(store: EventStore, { stream, expectedRevision, ids }: Step): Promise<unknown> {
  try {
    return await store.append(stream, { expectedRevision, events: ids.map(eventOf) });
  } catch (error) {
    return (error as { code?: unknown }).code ?? error;
  }
}

function eventOf(n: number): NewEvent {
  const id = `01920000-0000-7000-8000-${String(n).padStart(12, "0")}`;
  return { id, type: "Numbered", schema: 1, data: { n }, meta };
}
