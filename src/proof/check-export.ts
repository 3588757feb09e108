import type { CheckedEvent } from "./check-chains.ts";
import { createCheckpointCheck } from "./check-checkpoints.ts";
import { createEventCheck } from "./check-events.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { type ExportHeader, readEnd, readEventLine, readHeader } from "./export-format.ts";
import type { FindingCode, FindingList } from "./findings.ts";
import type { VerifyReport } from "./report.ts";
import type { TreeState } from "./tree-builder.ts";

export interface ExportCheckOptions {
  /** Who signed them is known already. */
  readonly checkpoints: readonly Checkpoint[];
  readonly findings: FindingList;
  /** As `EventCheckOptions` has it. (Default: true) */
  readonly comparesIds?: boolean;
  /** Told of each event. (Default: nobody is) */
  readonly onEvent?: (event: CheckedEvent) => void;
}

/** Checks an exported file, line by line. */
export interface ExportCheck {
  /** @param line without its line feed; `undefined` for one that has none, or is no UTF-8 */
  add(line: string | undefined): void;
  /** Over all events up to the last that was added. */
  tree(): TreeState;
  /** To be called behind the last line. */
  end(): VerifyReport;
}

/** What a file is checked as until its first line is read, and afterwards if that says nothing. */
const noHeader: ExportHeader = { logId: "", incarnation: "", before: { size: 0, edge: [] }, through: 0 };

export function createExportCheck(options: ExportCheckOptions): ExportCheck {
  const { findings } = options;
  let lines = 0;
  let check = createFileCheck(noHeader, { checkpoints: [], findings });
  const changed = (message: string) => findings.add({ code: "FILE_CHANGED", position: 0, message });

  function begin(line: string | undefined): void {
    const header = line === undefined ? undefined : readHeader(line);
    try {
      if (header) check = createFileCheck(header, options);
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

    tree: () => check.tree(),

    end() {
      const report = check.end();
      return { ...report, findingCount: findings.count(), findings: findings.first() };
    },
  };
}

/** @throws Error when the header's tree is none */
function createFileCheck(header: ExportHeader, options: ExportCheckOptions) {
  const { checkpoints, findings, comparesIds = true, onEvent } = options;
  const { logId, incarnation, before, through, hasOneClock = true } = header;
  const events = createEventCheck({ findings, before, hasOneClock, isCanonical: true, comparesIds });
  const find = (code: FindingCode, message: string) => findings.add({ code, position: 0, message });
  const foreign = checkpoints.filter(({ origin }) => (logNamedBy(origin) ?? logId) !== logId);
  for (const { origin } of foreign)
    find("CHECKPOINT_FOREIGN", `it is of ${JSON.stringify(origin)}, and the file of the log ${logId}`);
  const own = checkpoints.filter((checkpoint) => !foreign.includes(checkpoint));
  const signed = createCheckpointCheck(own, findings);
  signed.reached(before.size, events.root);
  let isEnded = false;

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
      onEvent?.(read.event);
      return true;
    },

    tree: events.tree,

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

/**
 * The id of the log, in an origin of the service's making: it ends with that and an incarnation, which may be an older
 * one. Whoever else signs may call a log anything.
 */
function logNamedBy(origin: string): string | undefined {
  return /\/([0-9a-f]{16})\.[0-9a-f]{12}$/.exec(origin)?.[1];
}
