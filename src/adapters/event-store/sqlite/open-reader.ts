import { openForReading } from "./connection.ts";
import { logFiles } from "./log-files.ts";
import { createLogReader, type LogReader } from "./reader.ts";

/** A reader with a connection of its own, for a thread that reads much. Close it before the log itself. */
export interface LocalLogReader extends LogReader {
  close(): void;
}

/**
 * Reads the log in `directory`, which is open for writing in another thread.
 *
 * @throws EventStoreError `LOG_DAMAGED`, `LOG_NEWER`
 */
export function openLogReader(directory: string): LocalLogReader {
  const database = openForReading(logFiles(directory).ledger);
  return { ...createLogReader(database), close: () => database.close() };
}
