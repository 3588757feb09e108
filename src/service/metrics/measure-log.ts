import { statSync } from "node:fs";
import { freeBytesOf } from "../../adapters/event-store/sqlite/latch.ts";
import type { Log } from "../../adapters/event-store/sqlite/log.ts";
import { logFiles } from "../../adapters/event-store/sqlite/log-files.ts";
import type { CommitFacts } from "../../adapters/event-store/sqlite/log-server.ts";
import type { Meter } from "./meter.ts";

export interface MeasuredLog {
  readonly log: Pick<Log, "health" | "reader">;
  readonly directory: string;
  /** How many appends wait. */
  readonly queued: () => number;
}

/** Defines the metrics of the log's thread. Returns how to tell of a transaction. */
export function measureLog(
  meter: Meter,
  { log, directory, queued }: MeasuredLog,
): (facts: CommitFacts) => void {
  meter.gauge("ironledger_log_queue_appends", () => [{ value: queued() }]);
  meter.gauge("ironledger_log_events", () => {
    // Between the end of a connection that failed and the next one nobody can tell.
    return log.health().status === "writable" ? [{ value: log.reader.head() }] : [];
  });
  meter.gauge("ironledger_log_writable", () => [{ value: log.health().status === "writable" ? 1 : 0 }]);
  meter.gauge("ironledger_log_size_bytes", () => [{ value: statSync(logFiles(directory).ledger).size }]);
  meter.gauge("ironledger_disk_free_bytes", () => [{ value: freeBytesOf(directory) }]);
  const answered = meter.histogram("ironledger_log_append_duration_seconds");
  const committed = meter.histogram("ironledger_log_commit_duration_seconds");
  const batch = meter.histogram("ironledger_log_batch_events");
  const appends = meter.counter("ironledger_log_appends_total");

  return ({ outcomes, events, commitMs, answeredMs }) => {
    committed(commitMs / 1_000);
    batch(events);
    for (const ms of answeredMs) answered(ms / 1_000);
    const sameOutcome = Map.groupBy(outcomes, ({ outcome }) => outcome);
    for (const [outcome, { length }] of sameOutcome) appends({ outcome }, length);
  };
}
