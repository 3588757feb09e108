import { readFileSync } from "node:fs";
import type { EventRow } from "../adapters/event-store/sqlite/rows.ts";
import { describeError, isDamage } from "../adapters/event-store/sqlite/sqlite-error.ts";
import { createCheckpointCheck } from "../proof/check-checkpoints.ts";
import { createEventCheck, type EventCheck } from "../proof/check-events.ts";
import type { Checkpoint } from "../proof/checkpoint.ts";
import { createFindingList, type FindingList } from "../proof/findings.ts";
import { readCheckpoints } from "../proof/read-checkpoints.ts";
import type { VerifyReport } from "../proof/report.ts";
import { openStoredLog, type StoredLog, type Unreadable } from "./verify-source.ts";

export interface VerifyRequest {
  /** The data directory. A service may be running on it: what it appends meanwhile is not looked at. */
  readonly data: string;
  /** Files of signed checkpoints that the log is compared with. (Default: none) */
  readonly checkpoint?: readonly string[] | undefined;
  /** The file of the key that signed them. Needed where there are checkpoints. */
  readonly key?: string | undefined;
}

/**
 * Verifies a log as it is stored: every event's hash and its place in its stream and in the log, the order of time,
 * that ids are unique and texts canonical, the counts, and the tree over all of it. Changes nothing.
 *
 * @throws EventStoreError `LOG_DAMAGED`, `LOG_NEWER`
 * @throws Error when there is no log, or a file of the request is not what it should be
 */
export function verifyLog({ data, checkpoint = [], key }: VerifyRequest): VerifyReport {
  const findings = createFindingList();
  const checkpoints = readCheckpoints({ files: checkpoint, key, read: readFileSync, findings });
  const log = openStoredLog(data);
  try {
    return verifyRows(log, { checkpoints, findings });
  } finally {
    log.close();
  }
}

interface Evidence {
  readonly checkpoints: readonly Checkpoint[];
  readonly findings: FindingList;
}

function verifyRows(log: StoredLog, { checkpoints, findings }: Evidence): VerifyReport {
  const events = createEventCheck({ findings });
  const signed = createCheckpointCheck(checkpoints, findings);
  signed.reached(0, events.root);
  for (const page of log.rows(0)) {
    if (isUnreadable(page)) {
      findings.add({ code: "EVENT_UNREADABLE", position: page.position, message: page.why });
      continue;
    }
    for (const row of page) {
      add(events, row);
      signed.reached(events.size(), events.root);
    }
  }
  checkTables(log, { read: events.size(), findings });
  const { size: vouched } = signed.end(events.size());
  return {
    ...log.identity,
    first: 1,
    events: events.size(),
    size: events.size(),
    root: events.root(),
    vouched,
    findingCount: findings.count(),
    findings: findings.first(),
  };
}

function isUnreadable(page: readonly EventRow[] | Unreadable): page is Unreadable {
  return "why" in page;
}

function add(events: EventCheck, row: EventRow): void {
  const [position, stream, revision, id, type, schema, time, data, meta, hash] = row;
  events.add({ position, stream, revision, id, type, schema, time, data, meta, hash });
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
