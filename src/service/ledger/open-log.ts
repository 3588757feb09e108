import { openLogReader } from "../../adapters/event-store/sqlite/open-reader.ts";
import { createSqliteEventStore } from "../../adapters/event-store/sqlite/sqlite-event-store.ts";
import type { EventStore } from "../../domain/ports/event-store.ts";
import type { LogArchives } from "../../domain/ports/log-archives.ts";
import type { ViewStatus } from "../../projections/projector.ts";
import { engineLag } from "./engine-lag.ts";
import { openEngine } from "./engine-ledger.ts";
import type { LogPlace } from "./ledger.ts";

/** How many events of the log a view does not show yet. */
export type LagEvents = (shown: Pick<ViewStatus, "position" | "events">) => number;

/** The log in a thread that reads much of it. */
export interface OpenedLog {
  readonly store: EventStore;
  /** Counted where the log is in files, estimated where it is in an engine. */
  readonly lagEvents: LagEvents;
  readonly archives: LogArchives;
  /** To be called after the store was closed. */
  close(): void;
}

/** Opens the log in this thread. @throws EventStoreError */
export function openLog(place: LogPlace): OpenedLog {
  switch (place.kind) {
    case "sqlite": {
      const reader = openLogReader(place.directory);
      return {
        store: createSqliteEventStore(place.line, { reader }),
        lagEvents: ({ events }) => Math.max(0, reader.head() - events),
        archives: reader.archives,
        close: reader.close,
      };
    }
    case "engine": {
      const store = openEngine(place.connectionString);
      const { lagEvents, stop } = engineLag(store);
      return { store, lagEvents, archives: () => [], close: stop };
    }
  }
}
