import { randomBytes } from "node:crypto";
import { vi } from "vitest";
import {
  type EngineStore,
  type EventStoreDbOptions,
  openEventStoreDb,
} from "../../../../src/adapters/event-store/eventstoredb/eventstoredb-event-store.ts";
import { canonicalJson } from "../../../../src/canonical-json.ts";
import type { RecordedEvent } from "../../../../src/domain/ports/event-store.ts";
import { eventHash } from "../../../../src/proof/event-hash.ts";
import { afterwards } from "../../../support/afterwards.ts";
import {
  type FixtureEngine,
  type FixtureOptions,
  startFixture,
} from "../../../support/esdb-fixture/engine.ts";

// What waits for a limit waits for a short one, so a slow machine costs patience and no failure.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** An engine, stopped after the test. */
export async function engine(options?: FixtureOptions): Promise<FixtureEngine> {
  const fixture = await startFixture(options);
  afterwards(() => fixture.stop());
  return fixture;
}

export type StoreOptions = Partial<Omit<EventStoreDbOptions, "connectionString">>;

/** A store on an engine, closed after the test. */
export function openStore(connectionString: string, options: StoreOptions = {}): EngineStore {
  const store = openEventStoreDb({
    connectionString,
    clock: () => new Date("2026-01-01T00:00:00Z"),
    random: Math.random,
    randomHex: (digits) => randomBytes(digits / 2).toString("hex"),
    ...options,
  });
  afterwards(() => store.close());
  return store;
}

/** Short enough for a test, long enough for a slow machine. */
export const shortLimits = { appendMs: 4_000, readMs: 3_000, callMs: 500, lookMs: 60_000 } as const;

/** The hashes that a stream's events should have. */
export function chainOf(events: readonly RecordedEvent[]): readonly string[] {
  let previous: string | undefined;
  return events.map((event) => {
    previous = eventHash(previous, {
      ...event,
      data: canonicalJson(event.data),
      meta: canonicalJson(event.meta),
    });
    return previous;
  });
}
