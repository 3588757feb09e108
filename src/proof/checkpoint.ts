import { emptyRoot, isHash } from "./merkle.ts";
import { type NoteKey, openNote, signNote } from "./note.ts";
import { fromBase64, NoteError, type NoteSigner, type NoteVerifier } from "./note-keys.ts";
import type { TreeHead } from "./verify-proof.ts";

/** What a log says of itself at one moment (https://c2sp.org/tlog-checkpoint): so many events, and their root. */
export interface Checkpoint extends TreeHead {
  /** Which log it is: the name of the key that signs for it. */
  readonly origin: string;
  /** Further lines. They mean nothing here, and are signed with the rest. */
  readonly extensions: readonly string[];
}

/** A checkpoint that a known key signed. */
export interface SignedCheckpoint extends Checkpoint {
  readonly signedBy: readonly NoteKey[];
}

/**
 * Signs a checkpoint: the note in its written form. Who signs must never sign two of which one does not continue
 * the other.
 *
 * @throws NoteError `NOTE_MALFORMED` for lines that cannot be, a size or a root that is none
 */
export function signCheckpoint(checkpoint: Checkpoint, signers: readonly NoteSigner[]): string {
  const { origin, size, root, extensions } = checkpoint;
  const text = [origin, size, Buffer.from(root, "hex").toString("base64"), ...extensions, ""].join("\n");
  parseText(text);
  return signNote(text, signers);
}

/**
 * Reads a checkpoint that one of the keys signed, under the name that the checkpoint gives as its origin. Takes
 * whatever octets a stranger sends.
 *
 * @throws NoteError `NOTE_MALFORMED`, `NOTE_SIGNATURE_WRONG`, `NOTE_UNSIGNED`
 */
export function openCheckpoint(note: Uint8Array, verifiers: readonly NoteVerifier[]): SignedCheckpoint {
  const { text, signedBy } = openNote(note, verifiers);
  const checkpoint = parseText(text);
  if (signedBy.some(({ name }) => name === checkpoint.origin)) return { ...checkpoint, signedBy };
  const names = signedBy.map(({ name }) => name).join(", ");
  throw new NoteError(
    "NOTE_UNSIGNED",
    `the checkpoint is of ${JSON.stringify(checkpoint.origin)}, and signed by ${names}`,
  );
}

function parseText(text: string): Checkpoint {
  const [origin = "", sizeText = "", rootText = "", ...rest] = text.split("\n");
  const extensions = rest.slice(0, -1);
  const size = Number(sizeText);
  const root = fromBase64(rootText)?.toString("hex") ?? "";
  if (origin === "" || rest.at(-1) !== "" || extensions.includes("")) throw malformed("an empty line");
  if (!/^(?:0|[1-9][0-9]*)$/.test(sizeText) || !Number.isSafeInteger(size)) throw malformed("no size");
  if (!isHash(root) || (size === 0 && root !== emptyRoot)) throw malformed("no root of a tree of its size");
  return { origin, size, root, extensions };
}

function malformed(what: string): NoteError {
  return new NoteError("NOTE_MALFORMED", `this is no checkpoint: it has ${what}`);
}
