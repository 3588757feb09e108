import type { EventReader } from "../../domain/ports/event-store.ts";
import { BackupTaken, systemStream } from "../../domain/system/events.ts";
import type { Meter } from "./meter.ts";

/** Defines the metric of backups: those that the log tells of. What is copied by other means it does not know. */
export function measureBackups(meter: Meter, log: Pick<EventReader, "readStream">, clock: () => Date): void {
  // The stream only grows, so that each look reads what came since the one before.
  let from = 0;
  let takenAtMs: number | undefined;

  meter.gauge("ironledger_backup_age_seconds", async () => {
    for (const { type, revision, time } of await log.readStream(systemStream, { from })) {
      from = revision + 1;
      if (type === BackupTaken.type) takenAtMs = time;
    }
    return takenAtMs === undefined ? [] : [{ value: Math.max(0, clock().getTime() - takenAtMs) / 1_000 }];
  });
}
