import { existsSync } from "node:fs";
import { chmod, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { BackupError, type BackupFacts } from "../../../domain/ports/backup-taker.ts";
import { syncFolder } from "../../../durable-file.ts";
import { digestOf } from "./archive/file-digest.ts";
import { syncFile } from "./archive/replace-file.ts";
import { readingLog, writingLog } from "./connection.ts";
import { copyLog } from "./copy-log.ts";
import { freeBytesOf, reserveBytes } from "./latch.ts";
import { logFiles } from "./log-files.ts";
import { createLogReader } from "./reader.ts";
import { hashAt } from "./session.ts";
import { describeError, sqliteCode, sqliteCodeOf } from "./sqlite-error.ts";
import { checkTail } from "./tail-check.ts";

export interface BackUpRequest {
  /** The log's. A service may be writing it. */
  readonly directory: string;
  /** The new file, in a folder that exists. */
  readonly file: string;
  /** Free octets on the disk of a folder. (Default: what the file system says) */
  readonly freeBytes?: (folder: string) => number;
}

/**
 * Makes a copy of a log that `restore` takes: one file, with a second beside it that has its SHA-256 as `sha256sum -c`
 * reads it. The file has its name only once it is complete, checked and on disk. Keeps the thread while it reads the copy.
 *
 * @throws BackupError
 * @throws EventStoreError `LOG_DAMAGED`, `LOG_NEWER`
 */
export async function backUpLog(request: BackUpRequest): Promise<BackupFacts> {
  const { file } = request;
  if (existsSync(file)) throw new BackupError("BACKUP_FAILED", `${file} exists: name another`);
  const unfinished = `${file}.new`;
  try {
    await remove(unfinished);
    return await take(request, unfinished);
  } catch (error) {
    await remove(unfinished);
    await rm(digestFileOf(file), { force: true });
    throw isDiskFull(error) ? noSpace(dirname(file), error) : error;
  }
}

/** Where the SHA-256 of a backup is. */
export function digestFileOf(file: string): string {
  return `${file}.sha256`;
}

async function take(
  { directory, file, freeBytes = freeBytesOf }: BackUpRequest,
  unfinished: string,
): Promise<BackupFacts> {
  const { ledger } = logFiles(directory);
  if (!existsSync(ledger)) throw new BackupError("BACKUP_FAILED", `${ledger} does not exist`);
  const needed = sizeOf(ledger) + reserveBytes;
  const free = freeBytes(dirname(file));
  if (free < needed) throw noSpace(dirname(file), `${free} octets are free, ${needed} are needed`);

  await copyLog(ledger, unfinished);
  await chmod(unfinished, 0o600);
  const newest = checkCopy(unfinished);
  syncFile(unfinished, "r+");
  const digest = digestOf(unfinished);
  await writeFile(digestFileOf(file), `${digest.sha256}  ${basename(file)}\n`, { mode: 0o600, flush: true });
  await rename(unfinished, file);
  await syncFolder(dirname(file));
  return { file: basename(file), ...newest, ...digest };
}

/** Octets that a copy will take. */
function sizeOf(ledger: string): number {
  const size = "SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size";
  return readingLog(ledger, (database) => Number(database.prepare(size).get()?.["bytes"]));
}

/** Looks at the copy as a service does at a log that was not closed: for a log, that is what it is. */
function checkCopy(path: string): Pick<BackupFacts, "events" | "lastHash"> {
  // For writing, because who opens it to read alone leaves two files beside it.
  return writingLog(path, (database) => {
    checkTail(database);
    const events = createLogReader(database).head();
    return { events, lastHash: hashAt(database, events) ?? "" };
  });
}

async function remove(unfinished: string): Promise<void> {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) await rm(`${unfinished}${suffix}`, { force: true });
}

function isDiskFull(error: unknown): boolean {
  if (sqliteCodeOf(error) === sqliteCode.full) return true;
  return error instanceof Error && "code" in error && error.code === "ENOSPC";
}

function noSpace(folder: string, why: unknown): BackupError {
  return new BackupError("BACKUP_NO_SPACE", `${folder} has no room for a copy: ${describeError(why)}`);
}
