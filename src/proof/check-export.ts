import { createCheckpointCheck } from "./check-checkpoints.ts";
import { createEventCheck } from "./check-events.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { type ExportHeader, readEnd, readEventLine, readHeader } from "./export-format.ts";
import type { FindingCode, FindingList } from "./findings.ts";
import type { VerifyReport } from "./report.ts";

export interface ExportCheckOptions {
  /** Who signed them is known already. */
  readonly checkpoints: readonly Checkpoint[];
  readonly findings: FindingList;
}

/** Checks an exported file, line by line. */
export interface ExportCheck {
  /** @param line without its line feed; `undefined` for one that has none, or is no UTF-8 */
  add(line: string | undefined): void;
  /** To be called behind the last line. */
  end(): VerifyReport;
}

/** What a file is checked as until its first line is read, and afterwards if that says nothing. */
const noHeader: ExportHeader = { logId: "", incarnation: "", before: { size: 0, edge: [] }, through: 0 };

export function createExportCheck({ checkpoints, findings }: ExportCheckOptions): ExportCheck {
  let lines = 0;
  let check = createFileCheck(noHeader, { checkpoints: [], findings });
  const changed = (message: string) => findings.add({ code: "FILE_CHANGED", position: 0, message });

  function begin(line: string | undefined): void {
    const header = line === undefined ? undefined : readHeader(line);
    try {
      if (header) check = createFileCheck(header, { checkpoints, findings });
      else changed("line 1 is not the first line of an exported file");
    } catch {
      changed("line 1 has hashes that are no tree of its size");
    }
  }

  return {
    add(line) {
      lines++;
      if (lines === 1) begin(line);
      else if (line === undefined) changed(`line ${lines} is no UTF-8, or has no end`);
      else if (!check.add(line)) changed(`line ${lines} is neither an event of this log nor the last line`);
    },

    end() {
      const report = check.end();
      return { ...report, findingCount: findings.count(), findings: findings.first() };
    },
  };
}

/** @throws Error when the header's tree is none */
function createFileCheck(header: ExportHeader, { checkpoints, findings }: ExportCheckOptions) {
  const { logId, incarnation, before, through, hasOneClock = true } = header;
  const events = createEventCheck({ findings, before, hasOneClock, isCanonical: true });
  const signed = createCheckpointCheck(checkpoints, findings);
  signed.reached(before.size, events.root);
  let isEnded = false;
  const find = (code: FindingCode, message: string) => findings.add({ code, position: 0, message });

  function readLast(line: string): boolean {
    const end = readEnd(line);
    if (!end) return false;
    isEnded = true;
    const count = events.size() - before.size;
    if (end.count !== count)
      find("FILE_CHANGED", `its last line tells of ${end.count} events, and ${count} are there`);
    if (before.size + end.count !== through)
      find("FILE_CHANGED", `its first line tells of events up to ${through}`);
    if (end.root !== events.root()) find("FILE_CHANGED", `its last line tells of the root ${end.root}`);
    if (end.logId !== logId || end.incarnation !== incarnation) {
      find("FILE_CHANGED", `its last line is of log ${end.logId}, incarnation ${end.incarnation}`);
    }
    return true;
  }

  return {
    /** Whether the line is one that may stand here. */
    add(line: string): boolean {
      if (isEnded) return false;
      const read = readEventLine(line, header);
      if (!read) return readLast(line);
      events.add(read.event, read.previous);
      signed.reached(events.size(), events.root);
      return true;
    },

    end() {
      if (!isEnded)
        find("FILE_CUT", `it ends after position ${events.size()}, without the line that ends an export`);
      const size = events.size();
      const { size: vouched } = signed.end(size);
      const first = before.size + 1;
      return { logId, incarnation, first, events: size - before.size, size, root: events.root(), vouched };
    },
  };
}
