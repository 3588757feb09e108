import { existsSync } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { positionNumber } from "../adapters/event-store/position.ts";
import { verifiableLines } from "../adapters/event-store/sqlite/export-stored-log.ts";
import { openStoredLog } from "../adapters/event-store/sqlite/stored-log.ts";
import { syncFolder } from "../durable-file.ts";

export interface ExportRequest {
  /** The data directory. A service may be running on it: what it appends meanwhile is not exported. */
  readonly data: string;
  /** The new file. */
  readonly out: string;
  /** The position that the first event comes after, as the API tells it. (Default: the beginning) */
  readonly after?: string | undefined;
}

export interface Exported {
  readonly file: string;
  /** How many events it holds. */
  readonly events: number;
}

/**
 * Writes events of a log to a new file that this user alone can read: see `verifiableLines`. The file has its name
 * only once it is complete and on disk.
 *
 * @throws EventStoreError `POSITION_UNKNOWN`, `LOG_DAMAGED`, `LOG_NEWER`
 * @throws Error when the file exists, or the log has an event that is none
 */
export async function exportLog({ data, out, after: position }: ExportRequest): Promise<Exported> {
  const file = resolve(out);
  refuseExisting(file);
  const log = openStoredLog(join(data, "log"));
  const unfinished = `${file}.new`;
  try {
    await rm(unfinished, { force: true });
    const after = positionNumber(log.identity, position);
    const events = await writeFile(unfinished, verifiableLines(log, { after, through: log.head }));
    refuseExisting(file);
    await rename(unfinished, file);
    await syncFolder(dirname(file));
    return { file, events };
  } finally {
    await rm(unfinished, { force: true });
    log.close();
  }
}

function refuseExisting(file: string): void {
  if (existsSync(file)) throw new Error(`${file} exists: move it away, or name another with --out`);
}

/** Writes chunks of lines as they come. Returns what the last step says. */
async function writeFile(file: string, chunks: Generator<string, number>): Promise<number> {
  const handle = await open(file, "wx", 0o600);
  try {
    return await writeChunks(handle, chunks);
  } finally {
    await handle.close();
  }
}

async function writeChunks(handle: FileHandle, chunks: Generator<string, number>): Promise<number> {
  for (;;) {
    const { done, value } = chunks.next();
    if (done) {
      await handle.sync();
      return value;
    }
    await handle.writeFile(value);
  }
}
