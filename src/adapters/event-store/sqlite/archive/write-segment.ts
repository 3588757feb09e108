import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { createExportCheck } from "../../../../proof/check-export.ts";
import { openCheckpoint } from "../../../../proof/checkpoint.ts";
import { readHeader } from "../../../../proof/export-format.ts";
import { createFindingList, findingLine } from "../../../../proof/findings.ts";
import { parseVerifierKey } from "../../../../proof/note-keys.ts";
import type { LogIdentity } from "../../position.ts";
import { verifiableLines } from "../export-stored-log.ts";
import type { StoredLog } from "../stored-log.ts";
import { digestOf, type FileDigest } from "./file-digest.ts";
import { linesIn, packFrame, type ReadPlace, readingFile, rowsIn } from "./segment-frames.ts";
import { createIndexBuilder, encodeIndex, type Frame, type SegmentIndex } from "./segment-index.ts";

/** What a segment is to hold, and who vouches for it. */
export interface SegmentPlan {
  /** The event that it begins behind; 0: it begins with the log. */
  readonly after: number;
  /** Its last event. */
  readonly through: number;
  /** The root of the tree over all events up to there, as it was signed. */
  readonly root: string;
  /** The signed checkpoint, and the key that it is checked with. */
  readonly note: string;
  readonly verifierKey: string;
}

/**
 * Writes a segment to a file, reads the file back, and compares every event in it with the signed checkpoint. It has
 * its name only then. A file that has the name already is one that the log does not tell of, or was spoiled: it is replaced.
 *
 * @throws Error when what is to be archived is not what was signed
 */
export function writeSegment(path: string, log: StoredLog, plan: SegmentPlan): FileDigest {
  const unfinished = `${path}.new`;
  try {
    writeUnfinished(unfinished, log, plan);
    const digest = digestOf(unfinished);
    renameSync(unfinished, path);
    return digest;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function writeUnfinished(path: string, log: StoredLog, plan: SegmentPlan): void {
  rmSync(path, { force: true });
  const file = openSync(path, "wx+", 0o600);
  try {
    const frames = writeFrames(file, verifiableLines(log, plan));
    const index = readingFile(path, (read) => checkFrames(read, frames, plan));
    writeAll(file, encodeIndex(index));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function writeFrames(file: number, chunks: Iterable<string>): readonly Frame[] {
  const frames: Frame[] = [];
  let offset = 0;
  for (const lines of firstLineAlone(chunks)) {
    const octets = packFrame(lines);
    writeAll(file, octets);
    frames.push({ offset, bytes: octets.length });
    offset += octets.length;
  }
  return frames;
}

function* firstLineAlone(chunks: Iterable<string>): Generator<string> {
  let end: number | undefined;
  for (const lines of chunks) {
    const rest = end === undefined ? lines.indexOf("\n") + 1 : 0;
    end ??= rest;
    if (rest > 0) yield lines.slice(0, rest);
    if (rest < lines.length) yield lines.slice(rest);
  }
}

/** Looks at every line of a segment as an auditor does. Returns where its events are. */
function checkFrames(read: ReadPlace, frames: readonly Frame[], plan: SegmentPlan): SegmentIndex {
  const { after, through, note, verifierKey } = plan;
  const findings = createFindingList();
  const checkpoint = openCheckpoint(Buffer.from(note), [parseVerifierKey(verifierKey)]);
  const check = createExportCheck({ checkpoints: [checkpoint], findings });
  const [head, ...rest] = frames;
  const end = rest.pop();
  if (!head || !end) throw new Error("a segment has a first line and a last one");

  const [first = ""] = linesIn(read, head);
  const identity = identityIn(first);
  check.add(first);
  const index = createIndexBuilder();
  for (const frame of rest) {
    const lines = linesIn(read, frame);
    for (const line of lines) check.add(line);
    index.add(frame, rowsIn(lines, identity));
  }
  for (const line of linesIn(read, end)) check.add(line);

  const report = check.end();
  const [finding] = report.findings;
  if (finding) throw notSealed(plan, findingLine(finding));
  if (report.first !== after + 1 || report.size !== through || report.vouched !== through) {
    throw notSealed(plan, `it has events from ${report.first} to ${report.size}`);
  }
  return index.build(identity, { head, end });
}

function identityIn(line: string): LogIdentity {
  const header = readHeader(line);
  if (!header) throw new Error("it does not begin with the first line of an exported file");
  const { logId, incarnation } = header;
  return { logId, incarnation };
}

function notSealed({ after, through }: SegmentPlan, why: string): Error {
  return new Error(
    `events ${after + 1} to ${through} are not archived, because they are not what was signed: ${why}`,
  );
}

function writeAll(file: number, octets: Buffer): void {
  for (let at = 0; at < octets.length; ) at += writeSync(file, octets, at);
}
