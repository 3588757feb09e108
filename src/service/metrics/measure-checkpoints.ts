import type { LogEvidence } from "../../domain/ports/log-evidence.ts";
import type { Meter } from "./meter.ts";

/** Defines the metrics of the log's signing. */
export function measureCheckpoints(
  meter: Meter,
  evidence: Pick<LogEvidence, "status">,
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
}
