import { join } from "node:path";

/**
 * The files of a log's directory. Nothing but `node:sqlite` opens `ledger` (with its -wal and -shm) and
 * `lock`.
 */
export function logFiles(directory: string) {
  return {
    ledger: join(directory, "ledger.db"),
    /** A copy that a restore is still writing. */
    restoring: join(directory, "restoring.db"),
    lock: join(directory, "lock.db"),
    holder: join(directory, "holder.json"),
    witness: join(directory, "witness.json"),
  } as const;
}
