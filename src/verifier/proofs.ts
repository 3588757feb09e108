import { openProof } from "../proof/check-proof.ts";
import { type Checkpoint, openCheckpoint } from "../proof/checkpoint.ts";
import { openContinuation } from "../proof/continuation.ts";
import { NoteError, type NoteVerifier, parseVerifierKey } from "../proof/note-keys.ts";
import { readSmall } from "./small-file.ts";

interface ProofOptions {
  /** The file of the verifier key. */
  readonly key: string;
  /** One line for machines, and no more. */
  readonly isJson: boolean;
}

/** Prints the event that is proven to be in the log, or why it is not. Answers the exit code. */
export function verifyProof(file: string, { key, isJson }: ProofOptions): number {
  const verifier = verifierOf(key);
  return unlessWrong(file, () => {
    const { event, index, checkpoint, line } = openProof(readSmall(file).toString("utf8"), [verifier]);
    const { origin, size } = checkpoint;
    const proven = `event ${event.id} is number ${index + 1} of the log ${origin}, of which ${size} events are signed`;
    return isJson ? line : `${line}\n${proven}`;
  });
}

/**
 * Prints how far the log is proven to continue one of the checkpoints in these files, or why it is not. Answers the exit
 * code.
 */
export function verifyContinuation(
  file: string,
  { key, checkpoints, isJson }: ProofOptions & { readonly checkpoints: readonly string[] },
): number {
  const verifier = verifierOf(key);
  return unlessWrong(file, () => {
    const held = checkpoints.map((name) => openHeld(name, verifier));
    const { first, second } = openContinuation(readSmall(file).toString("utf8"), held, [verifier]);
    const { origin, size, root } = second;
    if (isJson) return JSON.stringify({ origin, from: first.size, size, root });
    const continued = `the log ${origin} of ${size} events continues the log of ${first.size}`;
    return `${continued}\nroot of the first ${size} events: ${root}`;
  });
}

/** @throws NoteError that names the file */
function openHeld(file: string, verifier: NoteVerifier): Checkpoint {
  try {
    return openCheckpoint(readSmall(file), [verifier]);
  } catch (error) {
    throw error instanceof NoteError ? new NoteError(error.code, `${file}: ${error.message}`) : error;
  }
}

function verifierOf(key: string): NoteVerifier {
  return parseVerifierKey(readSmall(key).toString("utf8").trim());
}

/** Prints what `verify` says, or what is wrong with the proof. Answers the exit code. */
function unlessWrong(file: string, verify: () => string): number {
  try {
    process.stdout.write(`${verify()}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
    process.stderr.write(`${file}: ${error.message}\n`);
    return 1;
  }
}
