import { existsSync } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { positionNumber, positionText, refuseBeyondEnd } from "../adapters/event-store/position.ts";
import { type EventRow, uuidText } from "../adapters/event-store/sqlite/rows.ts";
import { syncFolder } from "../durable-file.ts";
import { isCanonicalObject } from "../proof/canonical.ts";
import { endLine, eventLine, headerLine } from "../proof/export-format.ts";
import { createTreeBuilder, type TreeState } from "../proof/tree-builder.ts";
import { openStoredLog, type StoredLog } from "./verify-source.ts";

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
 * Writes events of a log to a new file that this user alone can read, a line each, between a line that says which
 * they are and one with their count and the root of the tree. The file has its name only once it is complete and on
 * disk.
 *
 * @throws EventStoreError `POSITION_UNKNOWN`, `LOG_DAMAGED`, `LOG_NEWER`
 * @throws Error when the file exists, or the log has an event that is none
 */
export async function exportLog({ data, out, after }: ExportRequest): Promise<Exported> {
  const file = resolve(out);
  refuseExisting(file);
  const log = openStoredLog(data);
  const unfinished = `${file}.new`;
  try {
    await rm(unfinished, { force: true });
    const events = await writeFile(unfinished, linesOf(log, positionNumber(log.identity, after)));
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

/** The file's text, a page of events at once. Returns how many events there were. */
function* linesOf(log: StoredLog, after: number): Generator<string, number> {
  const { identity, head } = log;
  const before = treeBefore(log, after);
  yield `${headerLine({ ...identity, before, through: head })}\n`;

  const tree = createTreeBuilder({ state: before });
  const line = lineWriter(log, after);
  for (const page of log.rows(after)) {
    if ("why" in page) throw unusable(`event ${page.position} cannot be read: ${page.why}`);
    for (const [position, , , , , , , , , hash] of page) {
      if (position !== tree.size() + 1) throw unusable(`event ${tree.size() + 1} is missing`);
      tree.append(hash);
    }
    yield `${page.map(line).join("\n")}\n`;
  }
  if (tree.size() !== log.head) throw unusable(`event ${tree.size() + 1} is missing`);
  const count = tree.size() - after;
  yield `${endLine({ ...identity, count, root: tree.root() })}\n`;
  return count;
}

function unusable(what: string): Error {
  return new Error(`${what}. What is wrong with the log, "ironledger-maintenance verify" tells`);
}

function treeBefore(log: StoredLog, after: number): TreeState {
  refuseBeyondEnd(after, log.head);
  const tree = createTreeBuilder();
  for (const hash of log.hashes(after)) tree.append(hash);
  return tree.state();
}

function lineWriter(log: StoredLog, after: number): (row: EventRow) => string {
  /** Streams whose first event of this file was written: only where the file begins in the middle of the log. */
  const begun = new Set<string>();

  return (row) => {
    const [position, stream, revision, id, type, schema, time, data, meta, hash] = row;
    if (!isCanonicalObject(data) || !isCanonicalObject(meta)) {
      throw unusable(`event ${position} is not stored as this service stores events`);
    }
    const isFirst = after > 0 && !begun.has(stream);
    if (after > 0) begun.add(stream);
    const previous = isFirst && revision > 0 ? log.hashOf(stream, revision - 1) : undefined;
    const event = { position, stream, revision, id: uuidText(id), type, schema, time, data, meta, hash };
    return eventLine(positionText(log.identity, position), { event, previous });
  };
}
