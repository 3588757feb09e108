import { join } from "node:path";

/**
 * The files of a log's directory. Nothing but `node:sqlite` opens `ledger` (with its -wal and -shm) and
 * `lock`.
 */
export function logFiles(directory: string) {
  return {
    ledger: join(directory, "ledger.db"),
    wal: writeAheadLogOf(join(directory, "ledger.db")),
    /** A copy that a restore is still writing. */
    restoring: join(directory, "restoring.db"),
    /** Files of archived events. They are as much of the log as `ledger` is. */
    archive: join(directory, "archive"),
    /** What is to take the place of `ledger`, without the events that are archived. */
    next: join(directory, "ledger.next.db"),
    lock: join(directory, "lock.db"),
    holder: join(directory, "holder.json"),
    witness: join(directory, "witness.json"),
    reached: join(directory, "reached"),
  } as const;
}

/** Where SQLite keeps what it has not put into a database yet. */
export function writeAheadLogOf(database: string): string {
  return `${database}-wal`;
}
