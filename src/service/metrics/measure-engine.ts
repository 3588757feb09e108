import { freeBytesOf } from "../../adapters/event-store/sqlite/latch.ts";
import type { EventStore } from "../../domain/ports/event-store.ts";
import type { EngineHealth } from "../ledger/engine-health.ts";
import type { Meter } from "./meter.ts";

export interface MeasuredEngine {
  readonly health: Pick<EngineHealth, "now">;
  /** Whose file system is watched: views and kept contents are there. */
  readonly directory: string;
}

/** Defines the metrics of a log in an engine, by the names that those of a log in files have. */
export function measureEngine(meter: Meter, { health, directory }: MeasuredEngine): void {
  meter.gauge("ironledger_log_writable", () => [{ value: health.now().status === "writable" ? 1 : 0 }]);
  meter.gauge("ironledger_disk_free_bytes", () => [{ value: freeBytesOf(directory) }]);
}

/** The same store, with how long the engine takes for what is appended. `thread`: whose it is. */
export function measureEngineAppends(store: EventStore, meter: Meter, thread: "main" | "api"): EventStore {
  const took = meter.histogram("ironledger_engine_append_duration_seconds");
  let pending = 0;
  meter.gauge("ironledger_engine_pending_appends", () => [{ labels: { thread }, value: pending }]);
  return {
    ...store,
    async append(stream, request) {
      const begunMs = performance.now();
      pending++;
      try {
        return await store.append(stream, request);
      } finally {
        pending--;
        took((performance.now() - begunMs) / 1_000, { thread });
      }
    },
  };
}
