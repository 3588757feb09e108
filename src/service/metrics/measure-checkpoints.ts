import type { Checkpoints } from "../checkpoints/open-checkpoints.ts";
import type { Meter } from "./meter.ts";

/** Defines the metrics of the log's signing. */
export function measureCheckpoints(
  meter: Meter,
  evidence: Pick<Checkpoints, "status" | "deletedFiles">,
  clock: () => Date,
): void {
  meter.gauge("ironledger_checkpoint_age_seconds", () => {
    const { newest } = evidence.status();
    return newest ? [{ value: Math.max(0, clock().getTime() - newest.signedAtMs) / 1_000 }] : [];
  });
  meter.gauge("ironledger_checkpoint_unsigned_events", () => [{ value: evidence.status().unsignedEvents }]);
  meter.gauge("ironledger_checkpoint_contradicted", () => [
    { value: evidence.status().contradiction === undefined ? 0 : 1 },
  ]);
  meter.counted("ironledger_checkpoint_files_deleted_total", () => [{ value: evidence.deletedFiles() }]);
}
