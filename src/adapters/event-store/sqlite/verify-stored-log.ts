import type { FindingList } from "../../../proof/findings.ts";
import type { VerifyReport } from "../../../proof/report.ts";
import { createLogCheck, type Verifying } from "../log-check.ts";
import { checkedEvent } from "./rows.ts";
import { describeError, isDamage } from "./sqlite-error.ts";
import type { StoredLog } from "./stored-log.ts";

/**
 * Verifies a log as it is stored: every event's hash and its place in its stream and in the log, the order of time,
 * that ids are unique and texts canonical, the counts, and the tree over all of it. Changes nothing, and keeps the
 * thread until it is done: some seven seconds for a million events.
 */
export function verifyStoredLog(log: StoredLog, verifying: Verifying): VerifyReport {
  const { findings, onProgress } = verifying;
  const check = createLogCheck(verifying, log.hasOneClock);
  for (const page of log.rows(0)) {
    if ("why" in page) {
      check.unreadable(page.position, page.why, page.leftOut);
      continue;
    }
    for (const row of page) check.add(checkedEvent(row));
    onProgress?.(check.size(), log.head);
  }
  checkTables(log, { read: check.size(), findings });
  return check.end(log.identity);
}

/** What is beside the events: rows that are in no order, and the categories that streams are found by. */
function checkTables(
  log: StoredLog,
  { read, findings }: { readonly read: number; readonly findings: FindingList },
): void {
  try {
    const count = log.count();
    if (count !== read) {
      const message = `the table of events has ${count} rows, of which ${read} can be read in order`;
      findings.add({ code: "COUNT_WRONG", position: 0, message });
    }
    for (const position of log.copiesThatDiffer()) {
      const message = "the log's file has another event here than the archive that was sealed";
      findings.add({ code: "COPY_DIFFERS", position, message });
    }
    for (const stream of log.misfiledStreams()) {
      const message = "it is filed under a category that is not its own";
      findings.add({ code: "STREAM_CHANGED", position: 0, stream, message });
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    findings.add({
      code: "EVENT_UNREADABLE",
      position: 0,
      message: `the tables are damaged: ${describeError(error)}`,
    });
  }
}
