import type { LogArchives } from "../../../domain/ports/log-archives.ts";
import { createWholeReader } from "./archive/across-seam.ts";
import { listArchives } from "./archive/list-archives.ts";
import { openForReading } from "./connection.ts";
import { logFiles } from "./log-files.ts";
import type { LogReader } from "./reader.ts";

/** A reader with a connection of its own, for a thread that reads much. Close it before the log itself. */
export interface LocalLogReader extends LogReader {
  readonly archives: LogArchives;
  close(): void;
}

/**
 * Reads the log in `directory`, which is open for writing in another thread.
 *
 * @throws EventStoreError `LOG_DAMAGED`, `LOG_NEWER`
 */
export function openLogReader(directory: string): LocalLogReader {
  const database = openForReading(logFiles(directory).ledger);
  const archives = listArchives(database, directory);
  return { ...createWholeReader(database, directory), archives, close: () => database.close() };
}
