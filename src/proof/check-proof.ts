import { canonicalMembers } from "./canonical.ts";
import { createChainCheck } from "./check-chains.ts";
import { type Checkpoint, openCheckpoint } from "./checkpoint.ts";
import { type ExportedEvent, readEventLine } from "./export-format.ts";
import { createFindingList, findingLine } from "./findings.ts";
import { NoteError, type NoteVerifier } from "./note-keys.ts";
import { parseTlogProof } from "./tlog-proof.ts";
import { verifyInclusion } from "./verify-proof.ts";

/** An event that was shown to be in a log, at this place and with this content. */
export interface ProvenEvent extends ExportedEvent {
  /** Its place in the log, from 0. */
  readonly index: number;
  /** What says so. */
  readonly checkpoint: Checkpoint;
  /** The event's line, as an exported file has it. */
  readonly line: string;
}

/**
 * Verifies a proof with nothing but the log's key: the checkpoint is signed, the event's fields give its hash, and that
 * hash is a leaf of the tree that was signed. Takes whatever text a stranger sends.
 *
 * @throws NoteError `NOTE_MALFORMED`, `NOTE_SIGNATURE_WRONG`, `NOTE_UNSIGNED`, `PROOF_WRONG`
 */
export function openProof(text: string, verifiers: readonly NoteVerifier[]): ProvenEvent {
  const { index, hashes, checkpoint: note, extra: line } = parseTlogProof(text);
  const checkpoint = openCheckpoint(Buffer.from(note), verifiers);
  const proven = readLine(line, checkpoint);
  if (!proven) throw wrong("what it is about is no event of this log, as the service exports events");
  const { event, previous } = proven;
  // The position is not part of the hash: it must be the one that the proof gives the event.
  if (event.position !== index + 1) throw wrong(`event ${event.id} says that it is number ${event.position}`);
  const findings = createFindingList();
  createChainCheck(findings, false).add(event, previous);
  const [finding] = findings.first();
  if (finding) throw wrong(findingLine(finding));
  const { size, root } = checkpoint;
  if (!verifyInclusion({ index, size, root, data: event.hash, proof: hashes })) {
    throw wrong(`event ${event.id} is not at place ${index} of the ${size} events that were signed`);
  }
  return { event, previous, index, checkpoint, line };
}

const positionPattern = /^"([0-9a-f]{16})\.([0-9a-f]{12})\.[0-9a-f]{16}"$/;

/** The line must be of the log that the checkpoint is of: its origin ends with the log's id and incarnation. */
function readLine(line: string, { origin }: Checkpoint): ExportedEvent | undefined {
  const position = canonicalMembers(line)?.get("position") ?? "";
  const [, logId, incarnation] = positionPattern.exec(position) ?? [];
  if (logId === undefined || incarnation === undefined) return undefined;
  if (!origin.endsWith(`/${logId}.${incarnation}`)) return undefined;
  return readEventLine(line, { logId, incarnation });
}

function wrong(message: string): NoteError {
  return new NoteError("PROOF_WRONG", message);
}
