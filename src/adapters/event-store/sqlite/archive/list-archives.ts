import { statSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { LogArchives } from "../../../../domain/ports/log-archives.ts";
import type { ArchivedSegment } from "../../../../domain/system/events.ts";
import { logFiles } from "../log-files.ts";
import { sealOf } from "./seal.ts";

/**
 * Tells which archives belong to a log's file: that does not change while the file is open, and whether they are there
 * is looked at each time.
 *
 * @param directory of the log
 * @throws EventStoreError `LOG_DAMAGED` when the log does not tell where they are
 */
export function listArchives(database: DatabaseSync, directory: string): LogArchives {
  const segments = sealOf(database)?.segments ?? [];
  const { archive } = logFiles(directory);
  return () =>
    segments.map((segment) => ({ ...segment, isThere: isThere(join(archive, segment.file), segment) }));
}

/** A file that was cut, or cannot be reached, is as good as none. */
function isThere(path: string, { bytes }: ArchivedSegment): boolean {
  try {
    return statSync(path).size === bytes;
  } catch {
    return false;
  }
}
