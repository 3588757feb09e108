import type { RestoreEvidence } from "../../../domain/system/events.ts";
import type { LogIdentity } from "../position.ts";
import type { Witness } from "./witness.ts";

/**
 * The log continues from a copy of an older one. Until an operator has looked, nothing outside is to be
 * touched.
 */
export interface Restored {
  readonly evidence: RestoreEvidence;
  /** The incarnation that the copy was taken of. */
  readonly previousIncarnation: string;
  /** What was seen, for a person. */
  readonly message: string;
}

/** What somebody signed of a log, and keeps elsewhere. */
export interface SignedSize extends LogIdentity {
  /** How many events it had. */
  readonly size: number;
}

/** What is known when a log is opened for writing. */
export interface FenceFacts {
  readonly identity: LogIdentity;
  /** Position of the newest event, 0 when there is none. */
  readonly head: number;
  /** Hash of an event in hex; `undefined` when it is not there. */
  hashAt(position: number): string | undefined;
  /** Which file the log was when it was last opened for writing; `undefined` for a log that is new. */
  readonly recordedFile: string | undefined;
  /** Which file it is. */
  readonly file: string;
  readonly witness: Witness | "unreadable" | undefined;
  /** What the log had come to at its last answer, where that is known. */
  readonly reached: Witness | undefined;
  /** What was signed of this log or of others. */
  readonly signed: readonly SignedSize[];
}

/**
 * Whether these files are a copy of an older log, `undefined` when nothing tells so.
 *
 * A rollback of the whole directory in place, as a snapshot of a disk does, brings its witness along and
 * cannot be noticed from inside: only what was signed and is kept elsewhere shows it.
 */
export function detectCopy(facts: FenceFacts): Restored | undefined {
  const { incarnation: previousIncarnation } = facts.identity;
  if (facts.recordedFile !== undefined && facts.recordedFile !== facts.file) {
    const message = "ledger.db is another file than the one that was last written: it was copied here";
    return { evidence: "copied-files", previousIncarnation, message };
  }
  const message = contradiction(facts) ?? shortfall(facts);
  if (message !== undefined) return { evidence: "older-than-witness", previousIncarnation, message };
  const beyond = signedBeyond(facts);
  return beyond === undefined
    ? undefined
    : { evidence: "older-than-checkpoint", previousIncarnation, message: beyond };
}

/** The first incarnation after both: what is on the disk, and what the witness saw. */
export function nextIncarnation(
  { identity, witness }: Pick<FenceFacts, "identity" | "witness">,
  random8: string,
): string {
  const seen = typeof witness === "object" && witness.logId === identity.logId ? counterOf(witness) : 0;
  return incarnationText(Math.max(counterOf(identity), seen) + 1, random8);
}

/** @param random8 8 random hex digits */
export function incarnationText(counter: number, random8: string): string {
  return counter.toString(16).padStart(4, "0") + random8;
}

function contradiction({ identity, head, hashAt, witness }: FenceFacts): string | undefined {
  if (witness === undefined) return undefined;
  if (witness === "unreadable")
    return "witness.json is unreadable, so nothing shows that the log is the newest";
  if (witness.logId !== identity.logId) return "witness.json is of another log";
  // The witness is written after the log, so after a crash it may know only the incarnation before.
  if (counterOf(witness) < counterOf(identity)) return undefined;
  if (witness.incarnation !== identity.incarnation)
    return "witness.json is of another incarnation of the log";
  return missing(witness, { head, hashAt });
}

/** What was reached is no more than a hint: a power cut may have left an old one, which says nothing. */
function shortfall({ identity, reached, ...log }: FenceFacts): string | undefined {
  const isOfThis = reached?.logId === identity.logId && reached.incarnation === identity.incarnation;
  return isOfThis ? missing(reached, log) : undefined;
}

/** Positions of a log in files count its events. */
function signedBeyond({ identity, head, signed }: FenceFacts): string | undefined {
  const ofThis = signed.filter(
    ({ logId, incarnation }) => logId === identity.logId && incarnation === identity.incarnation,
  );
  const most = Math.max(0, ...ofThis.map(({ size }) => size));
  return most > head ? `a checkpoint was signed over ${most} events, and the log has ${head}` : undefined;
}

function missing(
  { position, hash }: Witness,
  { head, hashAt }: Pick<FenceFacts, "head" | "hashAt">,
): string | undefined {
  if (position > head) return `the log had ${position} events, and now has ${head}`;
  if (position === 0 || hashAt(position) === hash) return undefined;
  return `event ${position} is not the one that was there`;
}

/** How often the log had been restored, counted from 1. */
export function counterOf({ incarnation }: Pick<LogIdentity, "incarnation">): number {
  return Number.parseInt(incarnation.slice(0, 4), 16);
}
