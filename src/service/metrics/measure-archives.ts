import type { LogArchives } from "../../domain/ports/log-archives.ts";
import type { Meter } from "./meter.ts";

/** Defines the metrics of the log's archives. */
export function measureArchives(meter: Meter, archives: LogArchives): void {
  meter.gauge("ironledger_log_archived_events", () => [{ value: archives().at(-1)?.through ?? 0 }]);
  meter.gauge("ironledger_log_missing_archives", () => [
    { value: archives().filter(({ isThere }) => !isThere).length },
  ]);
}
