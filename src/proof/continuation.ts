import { type Checkpoint, openCheckpoint } from "./checkpoint.ts";
import { type Hash, isHash } from "./merkle.ts";
import { fromBase64, NoteError, type NoteVerifier } from "./note-keys.ts";
import { verifyConsistency } from "./verify-proof.ts";

/**
 * A proof that a log continues what it was, in one text with the checkpoint that it leads to: what a witness is sent
 * (https://c2sp.org/tlog-witness, `add-checkpoint`).
 */
export interface Continuation {
  /** How many events the log had before. */
  readonly from: number;
  /** Of the consistency proof, from the bottom up. */
  readonly hashes: readonly Hash[];
  /** The later signed checkpoint, as it is written down. */
  readonly checkpoint: string;
}

/** The proof in its written form. */
export function continuationText({ from, hashes, checkpoint }: Continuation): string {
  const lines = [`old ${from}`, ...hashes.map((hash) => Buffer.from(hash, "hex").toString("base64"))];
  return `${lines.join("\n")}\n\n${checkpoint}`;
}

/** A log that was shown to continue what it was. */
export interface Continued {
  /** What somebody held. */
  readonly first: Checkpoint;
  /** What the log was shown to be since. */
  readonly second: Checkpoint;
}

/**
 * Verifies that the log of a later checkpoint continues the log of one that somebody holds: the later one is signed by
 * a key of theirs for the same log, and the proof leads from the one to the other. Takes whatever text a stranger sends.
 *
 * @param held checkpoints that were verified; those of the proof's size are taken
 * @throws NoteError `NOTE_MALFORMED`, `NOTE_SIGNATURE_WRONG`, `NOTE_UNSIGNED`, `PROOF_WRONG`
 */
export function openContinuation(
  text: string,
  held: readonly Checkpoint[],
  verifiers: readonly NoteVerifier[],
): Continued {
  const { from, hashes, checkpoint } = parseContinuation(text);
  const second = openCheckpoint(Buffer.from(checkpoint), verifiers);
  const continued = held.filter(({ size, origin }) => size === from && origin === second.origin);
  const [first] = continued;
  if (!first)
    throw wrong(`it begins with ${from} events of ${second.origin}, and no checkpoint here has so many`);
  // Two of one size may contradict each other: then the log continues one of them at most.
  if (!continued.every((each) => verifyConsistency({ first: each, second, proof: hashes }))) {
    throw wrong(`the log of ${second.size} events does not continue the log of ${from}`);
  }
  return { first, second };
}

const sizePattern = /^old (0|[1-9][0-9]{0,15})$/;

/** Nothing of it is to be believed yet. @throws NoteError `NOTE_MALFORMED` */
function parseContinuation(text: string): Continuation {
  const end = text.indexOf("\n\n");
  const [first = "", ...lines] = text.slice(0, Math.max(0, end)).split("\n");
  const from = Number(sizePattern.exec(first)?.[1]);
  if (!Number.isSafeInteger(from)) throw malformed("it does not say from how many events on");
  const hashes = lines.map((line) => fromBase64(line)?.toString("hex") ?? "");
  if (!hashes.every(isHash)) throw malformed("one of its lines is no hash");
  return { from, hashes, checkpoint: text.slice(end + 2) };
}

function malformed(why: string): NoteError {
  return new NoteError("NOTE_MALFORMED", `this is no proof that a log was continued: ${why}`);
}

function wrong(message: string): NoteError {
  return new NoteError("PROOF_WRONG", message);
}
