import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openStoredLog } from "../adapters/event-store/sqlite/stored-log.ts";
import { verifyStoredLog } from "../adapters/event-store/sqlite/verify-stored-log.ts";
import { createFindingList } from "../proof/findings.ts";
import { readCheckpoints } from "../proof/read-checkpoints.ts";
import type { VerifyReport } from "../proof/report.ts";

export interface VerifyRequest {
  /** The data directory. A service may be running on it: what it appends meanwhile is not looked at. */
  readonly data: string;
  /** Files of signed checkpoints that the log is compared with. (Default: none) */
  readonly checkpoint?: readonly string[] | undefined;
  /** The file of the key that signed them. Needed where there are checkpoints. */
  readonly key?: string | undefined;
}

/**
 * Verifies the log of a data directory: see `verifyStoredLog`.
 *
 * @throws EventStoreError `LOG_DAMAGED`, `LOG_NEWER`
 * @throws Error when there is no log, or a file of the request is not what it should be
 */
export function verifyLog({ data, checkpoint = [], key }: VerifyRequest): VerifyReport {
  const findings = createFindingList();
  const checkpoints = readCheckpoints({ files: checkpoint, key, read: readFileSync, findings });
  const log = openStoredLog(join(data, "log"));
  try {
    return verifyStoredLog(log, { checkpoints, findings });
  } finally {
    log.close();
  }
}
