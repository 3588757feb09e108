import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { systemMeta } from "../../../../domain/event-meta.ts";
import { type ArchivedSegment, systemCodec, systemStream } from "../../../../domain/system/events.ts";
import { Sha256 } from "../../../../domain/values/sha256.ts";
import { emptyTree, type TreeState } from "../../../../proof/tree-builder.ts";
import type { LogIdentity } from "../../position.ts";
import { prepareEvents } from "../../prepare.ts";
import { openForReading } from "../connection.ts";
import { freeBytesOf, reserveBytes } from "../latch.ts";
import { acquireLock } from "../lock.ts";
import type { Log } from "../log.ts";
import { logFiles } from "../log-files.ts";
import { createLogTable } from "../log-table.ts";
import { type LogOptions, openLog } from "../open-log.ts";
import { openStoredLog } from "../stored-log.ts";
import { checkWriteAheadLog } from "../wal-check.ts";
import { digestOf } from "./file-digest.ts";
import { removeNextFile, writeNextFile } from "./next-file.ts";
import {
  type ArchivePlan,
  planSegments,
  type RetentionRule,
  segmentsFrom,
  signedEnds,
} from "./plan-segments.ts";
import { replaceFile, syncFile } from "./replace-file.ts";
import { archivedSegments, sealedThrough } from "./seal.ts";
import { type SegmentPlan, type WrittenSegment, writeSegment } from "./write-segment.ts";

/** Time between two lines about how far it is. */
const progressMs = 10_000;

export interface ArchiveLogOptions extends Omit<LogOptions, "directory">, RetentionRule {
  /** The log's. No service may be running on it. */
  readonly directory: string;
  readonly newId: () => string;
  /** Told of each step when it is done. (Default: nobody is) */
  readonly onStep?: (step: ArchiveStep) => void;
  /** Told at the beginning, and every ten seconds, what is being done and how far it is. (Default: nobody is) */
  readonly onProgress?: (line: string) => void;
}

/** Between any two of them the process may end: the next one goes on. */
export type ArchiveStep =
  /** The archive is on disk, and what the checkpoint was signed over. */
  | { readonly step: "written"; readonly segment: SegmentPlan }
  /** The log tells of it. */
  | { readonly step: "recorded"; readonly segment: SegmentPlan }
  /** The new file is complete, and was compared with the old one. */
  | { readonly step: "copied" }
  /** It is the log's file. */
  | { readonly step: "replaced" };

/** What was done. */
export interface Archived {
  /** How many events left the log's file for an archive. */
  readonly events: number;
  readonly segments: number;
  /** The last archived event; 0: there is none. */
  readonly through: number;
}

/**
 * Moves old events of a stopped log to archives, as far as checkpoints were signed for them. First each segment is
 * written, read back, compared with its checkpoint and told of in the log; only then does the log get a new file without
 * those events, in one rename. Whenever it is cut short, the log has all of its events, and the next one goes on.
 *
 * @throws EventStoreError `LOG_LOCKED` while a service runs on it, `LOG_DAMAGED`, `LOG_NEWER`
 * @throws Error when there is no room, or what is to be archived is not what was signed
 */
export async function archiveLog(options: ArchiveLogOptions): Promise<Archived> {
  const { directory } = options;
  const { pending, segments } = planOf(options);
  // Without a segment, too: opening it shows whether it is a copy, which its new file would no longer tell.
  if (pending.length + segments.length > 0) await sealSegments(options, segments);
  return shrinkFile(options, logFiles(directory).ledger);
}

/**
 * What there is to archive in a log: nothing in one that was restored, until an operator has looked. Changes nothing.
 *
 * @throws EventStoreError `LOG_DAMAGED`, `LOG_NEWER`
 */
export function planOf({ directory, ...rule }: RetentionRule & { readonly directory: string }): ArchivePlan {
  return reading(directory, (database) => {
    if (createLogTable(database).get("restored") !== undefined) return { pending: [], segments: [] };
    const { archive } = logFiles(directory);
    const told = segmentsFrom(archivedSegments(database), sealedThrough(database));
    const broken = told.findIndex((segment) => !isThere(archive, segment));
    const pending = broken === -1 ? told : told.slice(0, broken);
    const end = pending.at(-1)?.through ?? sealedThrough(database);
    return { pending, segments: planSegments(signedEnds(database), end, rule) };
  });
}

/** Writes archives, and tells of them in the log. */
async function sealSegments(options: ArchiveLogOptions, segments: readonly SegmentPlan[]): Promise<void> {
  const { directory, onStep } = options;
  const tell = tellSeldom(options.onProgress);
  const { archive, ledger } = logFiles(directory);
  const log = openLog(options);
  try {
    if (log.restored || segments.length === 0) return;
    requireRoom(directory, statSync(ledger).size);
    mkdirSync(archive, { recursive: true, mode: 0o700 });
    const stored = openStoredLog(directory);
    try {
      let last: TreeState = emptyTree;
      const treeAt = (size: number) => (size === last.size ? last : stored.treeAt(size));
      for (const segment of segments) {
        const file = fileName(log.identity, segment.through);
        const { after, through } = segment;
        const written = writeSegment(
          join(archive, file),
          { ...stored, treeAt },
          {
            ...segment,
            onPage: (done, events) =>
              tell(`archiving events ${after + 1} to ${through}: ${events} are ${done}`),
          },
        );
        last = written.tree;
        syncFile(archive, "r");
        syncFile(directory, "r");
        onStep?.({ step: "written", segment });
        record(log, archived(segment, { ...written, file }), options.newId());
        onStep?.({ step: "recorded", segment });
      }
    } finally {
      stored.close();
    }
  } finally {
    await log.close();
  }
}

/** Takes the events out of the log's file that are in archives. */
function shrinkFile(options: ArchiveLogOptions, ledger: string): Archived {
  const { directory, onStep } = options;
  const lock = acquireLock(directory);
  const { next } = logFiles(directory);
  try {
    const { pending } = planOf(options);
    const sealed = reading(directory, sealedThrough);
    const through = pending.at(-1)?.through;
    if (through === undefined) return { events: 0, segments: 0, through: sealed };
    requireRoom(directory, statSync(ledger).size);
    writeNextFile(ledger, { path: next, through });
    onStep?.({ step: "copied" });
    replaceFile(ledger, next);
    onStep?.({ step: "replaced" });
    return { events: through - sealed, segments: pending.length, through };
  } finally {
    removeNextFile(next);
    lock.release();
  }
}

function archived(
  segment: SegmentPlan,
  { bytes, sha256, file, tree }: WrittenSegment & { readonly file: string },
): ArchivedSegment {
  const hashes = { root: Sha256.parse(segment.root), edge: tree.edge.map((hash) => Sha256.parse(hash)) };
  return { ...segment, ...hashes, file, bytes, sha256: Sha256.parse(sha256) };
}

function record(log: Log, data: ArchivedSegment, id: string): void {
  const event = { ...systemCodec.write({ type: "SegmentArchived", data }), id, meta: systemMeta(id) };
  const events = prepareEvents(systemStream, [event]);
  const [outcome] = log.commit([{ stream: systemStream, expectedRevision: "any", events }]);
  if (outcome?.outcome === "failed") throw outcome.error;
}

/** Whether an archive is what was sealed. One that is not is made anew: the log's file has all of its events until then. */
function isThere(folder: string, { file, sha256 }: ArchivedSegment): boolean {
  const path = join(folder, file);
  return existsSync(path) && digestOf(path).sha256 === sha256;
}

function requireRoom(directory: string, ledgerBytes: number): void {
  const free = freeBytesOf(directory);
  const needed = ledgerBytes + reserveBytes;
  if (free >= needed) return;
  throw new Error(`${directory} has no room: ${free} octets are free, up to ${needed} are needed meanwhile`);
}

function tellSeldom(onProgress: ArchiveLogOptions["onProgress"]): (line: string) => void {
  let nextMs = 0;
  return (line) => {
    const nowMs = performance.now();
    if (nowMs < nextMs) return;
    nextMs = nowMs + progressMs;
    onProgress?.(line);
  };
}

/** As checkpoints are named: which log, and how many events. */
function fileName({ logId, incarnation }: LogIdentity, through: number): string {
  return `${logId}.${incarnation}.${through.toString(16).padStart(16, "0")}.ndjson.zst`;
}

function reading<Result>(directory: string, work: (database: DatabaseSync) => Result): Result {
  const { ledger, wal } = logFiles(directory);
  checkWriteAheadLog(wal);
  const database = openForReading(ledger);
  try {
    return work(database);
  } finally {
    database.close();
  }
}
