import { backup } from "node:sqlite";
import { openForReading } from "./connection.ts";
import { writeAheadLogOf } from "./log-files.ts";
import { checkWriteAheadLog } from "./wal-check.ts";

/**
 * SQLite copies so many pages in one step. In smaller ones a busy source would make it start over for ever: each write
 * of another connection begins the copy anew, and between two steps of a second there are a thousand.
 */
const allPages = 2_147_483_647;

/**
 * Copies a log as it is at one moment to a new file, on disk when this resolves. Somebody may be writing it meanwhile:
 * he waits for nothing, but his write-ahead log cannot start over before the copy is done. The copy runs in a thread of
 * its own.
 *
 * @throws EventStoreError `LOG_DAMAGED`, `LOG_NEWER`
 */
export async function copyLog(source: string, target: string): Promise<void> {
  checkWriteAheadLog(writeAheadLogOf(source));
  const database = openForReading(source);
  try {
    await backup(database, target, { rate: allPages });
  } finally {
    database.close();
  }
}
