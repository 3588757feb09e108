import { type EventStore, EventStoreError } from "../../domain/ports/event-store.ts";
import type { Meter } from "./meter.ts";

/** The same store, with what it refuses counted. `thread`: whose it is. */
export function countRefusals(store: EventStore, meter: Meter, thread: "main" | "api"): EventStore {
  const refused = meter.counter("ironledger_appends_refused_total");
  return {
    ...store,
    async append(stream, request) {
      try {
        return await store.append(stream, request);
      } catch (error) {
        if (error instanceof EventStoreError) refused({ thread, code: error.code });
        throw error;
      }
    },
  };
}

/** The same store, with how old events are when feeds that have caught up take them. */
export function measureFeeds(store: EventStore, meter: Meter, clock: () => Date): EventStore {
  const lag = meter.histogram("ironledger_feed_lag_seconds");
  return {
    ...store,
    async *subscribe(request) {
      let isBehind = true;
      for await (const page of store.subscribe(request)) {
        const newest = page.events.at(-1);
        // The first pages are of the past, and their age says nothing.
        if (newest && !isBehind) lag(Math.max(0, clock().getTime() - newest.time) / 1_000);
        isBehind = !page.caughtUp;
        yield page;
      }
    },
  };
}
