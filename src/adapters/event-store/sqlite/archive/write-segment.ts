import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import type { CheckedEvent } from "../../../../proof/check-chains.ts";
import { createExportCheck } from "../../../../proof/check-export.ts";
import { openCheckpoint } from "../../../../proof/checkpoint.ts";
import { readHeader } from "../../../../proof/export-format.ts";
import { createFindingList, findingLine } from "../../../../proof/findings.ts";
import { parseVerifierKey } from "../../../../proof/note-keys.ts";
import type { TreeState } from "../../../../proof/tree-builder.ts";
import type { LogIdentity } from "../../position.ts";
import { verifiableLines } from "../export-stored-log.ts";
import { pageEvents } from "../rows.ts";
import type { StoredLog } from "../stored-log.ts";
import { digestOf, type FileDigest } from "./file-digest.ts";
import { linesIn, packFrame, type ReadPlace, readingFile } from "./segment-frames.ts";
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

export interface SegmentOptions extends SegmentPlan {
  /** Told after each page what was done with how many events of it. (Default: nobody is) */
  readonly onPage?: ((done: "written" | "read back", events: number) => void) | undefined;
}

/** What was written. */
export interface WrittenSegment extends FileDigest {
  /** Over all events up to the last of the segment, as they were read back. */
  readonly tree: TreeState;
}

/**
 * Writes a segment to a file, reads the file back, and compares every event in it with the signed checkpoint. It has
 * its name only then. A file that has the name already is one that the log does not tell of, or was spoiled: it is replaced.
 *
 * @throws Error when what is to be archived is not what was signed
 */
export function writeSegment(path: string, log: StoredLog, plan: SegmentOptions): WrittenSegment {
  const unfinished = `${path}.new`;
  try {
    const tree = writeUnfinished(unfinished, log, plan);
    const digest = digestOf(unfinished);
    renameSync(unfinished, path);
    return { ...digest, tree };
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function writeUnfinished(path: string, log: StoredLog, plan: SegmentOptions): TreeState {
  rmSync(path, { force: true });
  const file = openSync(path, "wx+", 0o600);
  try {
    const frames = writeFrames(file, verifiableLines(log, plan), plan);
    const { index, tree } = readingFile(path, (read) => checkFrames(read, frames, plan));
    writeAll(file, encodeIndex(index));
    fsyncSync(file);
    return tree;
  } finally {
    closeSync(file);
  }
}

function writeFrames(file: number, chunks: Iterable<string>, plan: SegmentOptions): readonly Frame[] {
  const { after, through, onPage } = plan;
  const frames: Frame[] = [];
  let offset = 0;
  for (const lines of firstLineAlone(chunks)) {
    const octets = packFrame(lines);
    writeAll(file, octets);
    frames.push({ offset, bytes: octets.length });
    offset += octets.length;
    // The first frame has no event, and each of the others a page of them.
    onPage?.("written", Math.min((frames.length - 1) * pageEvents, through - after));
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

/**
 * Looks at every line of a segment as an auditor does, but for one thing that grows with the events: their ids are those
 * that were signed, and the log's file has none twice. Returns where the events are, and the tree over them.
 */
function checkFrames(
  read: ReadPlace,
  frames: readonly Frame[],
  plan: SegmentOptions,
): { readonly index: SegmentIndex; readonly tree: TreeState } {
  const { after, through, note, verifierKey, onPage } = plan;
  const findings = createFindingList();
  const checkpoint = openCheckpoint(Buffer.from(note), [parseVerifierKey(verifierKey)]);
  const events: CheckedEvent[] = [];
  const check = createExportCheck({
    ...{ checkpoints: [checkpoint], findings, comparesIds: false },
    onEvent: (event) => events.push(event),
  });
  const [head, ...rest] = frames;
  const end = rest.pop();
  if (!head || !end) throw new Error("a segment has a first line and a last one");

  const [first = ""] = linesIn(read, head);
  const identity = identityIn(first);
  check.add(first);
  const index = createIndexBuilder();
  for (const frame of rest) {
    for (const line of linesIn(read, frame)) check.add(line);
    onPage?.("read back", (events.at(-1)?.position ?? after) - after);
    index.add(frame, events.splice(0));
  }
  for (const line of linesIn(read, end)) check.add(line);

  const report = check.end();
  const [finding] = report.findings;
  if (finding) throw notSealed(plan, findingLine(finding));
  if (report.first !== after + 1 || report.size !== through || report.vouched !== through) {
    throw notSealed(plan, `it has events from ${report.first} to ${report.size}`);
  }
  return { index: index.build(identity, { head, end }), tree: check.tree() };
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
