import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { digestOf } from "../adapters/event-store/sqlite/archive/file-digest.ts";
import { syncFile } from "../adapters/event-store/sqlite/archive/replace-file.ts";
import { sealOf } from "../adapters/event-store/sqlite/archive/seal.ts";
import { readingLog } from "../adapters/event-store/sqlite/connection.ts";
import { logFiles } from "../adapters/event-store/sqlite/log-files.ts";

export interface ArchivePlaces {
  /** Where the archives are that belong to the log. */
  readonly from: string;
  /** Where the log looks for them. */
  readonly to: string;
}

/**
 * Copies the archives that belong to a log's file. Each must be the one that was sealed.
 *
 * @throws Error when one of those that were named is not there, or is another
 */
export function bringArchives(database: DatabaseSync, { from, to }: ArchivePlaces): void {
  const segments = sealOf(database)?.segments ?? [];
  if (segments.length === 0) return;
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const { file, sha256 } of segments) {
    const [source, target] = [join(from, file), join(to, file)];
    if (!existsSync(source)) throw new Error(`${source} does not exist, and belongs to the log`);
    copyFileSync(source, target);
    if (digestOf(target).sha256 !== sha256) throw new Error(`${source} is not the archive that was sealed`);
    syncFile(target, "r+");
  }
  syncFile(to, "r");
}

/**
 * The archives that a log is without: what is in them cannot be read until they are there.
 *
 * @param directory of the log
 */
export function missingArchives(directory: string): readonly string[] {
  const { ledger, archive } = logFiles(directory);
  const segments = readingLog(ledger, sealOf)?.segments ?? [];
  return segments.map(({ file }) => join(archive, file)).filter((file) => !existsSync(file));
}
