import type { ExportRange } from "../../adapters/event-store/export-range.ts";
import { positionNumber, positionText } from "../../adapters/event-store/position.ts";
import { cloudEventLines, verifiableLines } from "../../adapters/event-store/sqlite/export-stored-log.ts";
import { recordedEvent } from "../../adapters/event-store/sqlite/rows.ts";
import { openStoredLog, type StoredLog } from "../../adapters/event-store/sqlite/stored-log.ts";
import { verifyStoredLog } from "../../adapters/event-store/sqlite/verify-stored-log.ts";
import type { Position, RecordedEvent } from "../../domain/ports/event-store.ts";
import type { ExportJob } from "./audit-job.ts";
import type { AuditedLog } from "./audited-log.ts";

/**
 * @param directory `<data>/log`
 * @throws EventStoreError `LOG_DAMAGED`, `LOG_NEWER`
 */
export function openAuditedFiles(directory: string): AuditedLog {
  const log = openStoredLog(directory);
  const { identity, head } = log;
  return {
    identity,
    size: head,
    verify: async (verifying) => verifyStoredLog(log, verifying),
    async export(job) {
      const range = rangeOf(log, job);
      const through = range.through === 0 ? undefined : positionText(identity, range.through);
      return {
        through,
        lines:
          job.format === "verifiable"
            ? verifiableLines(log, range)
            : cloudEventLines(log, { ...range, ...job.choice }),
      };
    },
    events: (after, through) => eventsOf(log, after, through),
    close: async () => log.close(),
  };
}

function rangeOf({ identity, head }: StoredLog, { after, through, resumeAfter }: ExportJob): ExportRange {
  return {
    after: positionNumber(identity, after),
    through: through === undefined ? head : positionNumber(identity, through),
    resumeAfter: resumeAfter === undefined ? undefined : positionNumber(identity, resumeAfter),
  };
}

function* eventsOf(
  log: StoredLog,
  after: Position | undefined,
  through: Position | undefined,
): Generator<readonly RecordedEvent[]> {
  const { identity } = log;
  for (const page of log.rows(positionNumber(identity, after), positionNumber(identity, through))) {
    if ("why" in page) throw new Error(`event ${page.position} cannot be read: ${page.why}`);
    yield page.map((row) => recordedEvent(identity, row));
  }
}
