import { fromBase64, isKeyName, NoteError, type NoteSigner, type NoteVerifier } from "./note-keys.ts";

/** Whose signature it is. */
export interface NoteKey {
  readonly name: string;
  /** Eight hex digits. */
  readonly id: string;
}

/** A note of which a known key signed the text. */
export interface OpenNote {
  /** What is signed. It ends with a line feed. */
  readonly text: string;
  /** The known keys that signed it, at least one. */
  readonly signedBy: readonly NoteKey[];
  /** Signatures by other keys, which say nothing. */
  readonly unknown: readonly NoteKey[];
}

/** Most octets of a note that are looked at: those of Go's `sumdb/note`. */
export const noteBytesMax = 1_000_000;

/** Most signatures on it. */
const signaturesMax = 100;

const signatureStart = "\u2014 ";

/**
 * Signs a text: the note in its written form (https://c2sp.org/signed-note), a signature line for each signer.
 *
 * @throws NoteError `NOTE_MALFORMED` for a text that cannot be in a note
 */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!isNoteText(text) || !text.isWellFormed()) {
    throw malformed("its text does not end with a line feed, or has control characters in it");
  }
  const lines = signers.map((signer) => {
    const octets = Buffer.concat([Buffer.from(signer.id, "hex"), signer.sign(text)]);
    return `${signatureStart}${signer.name} ${octets.toString("base64")}\n`;
  });
  return `${text}\n${lines.join("")}`;
}

/**
 * The text of a note, when a known key signed it. Takes whatever octets a stranger sends; the text is not to be
 * looked at in any other way.
 *
 * @throws NoteError `NOTE_MALFORMED`, `NOTE_SIGNATURE_WRONG`, `NOTE_UNSIGNED`
 */
export function openNote(note: Uint8Array, verifiers: readonly NoteVerifier[]): OpenNote {
  const { text, signatures } = parseNote(note);
  const signedBy: NoteKey[] = [];
  const unknown: NoteKey[] = [];
  for (const { name, id, octets } of signatures) {
    const known = verifiers.filter((key) => key.name === name && key.id === id);
    if (known.some((key) => !key.verify(text, octets))) {
      throw new NoteError("NOTE_SIGNATURE_WRONG", `the signature by ${name}+${id} is not one of this text`);
    }
    const list = known.length > 0 ? signedBy : unknown;
    if (!list.some((key) => key.name === name && key.id === id)) list.push({ name, id });
  }
  if (signedBy.length > 0) return { text, signedBy, unknown };
  const [first] = unknown.map(({ name, id }) => JSON.stringify(`${name.slice(0, 100)}+${id}`));
  throw new NoteError("NOTE_UNSIGNED", `no known key signed the note, which has a signature by ${first}`);
}

interface Signature extends NoteKey {
  readonly octets: Buffer;
}

function parseNote(note: Uint8Array): { readonly text: string; readonly signatures: readonly Signature[] } {
  const whole = textOf(note);
  // The text may have empty lines in it: the signatures are behind the last one.
  const end = whole.lastIndexOf("\n\n");
  if (end === -1 || !isNoteText(whole)) throw malformed("it is not a text, an empty line and signatures");
  const lines = whole.slice(end + 2).split("\n");
  if (lines.pop() !== "" || lines.length === 0) throw malformed("its last line is no signature");
  if (lines.length > signaturesMax) throw malformed(`it has more than ${signaturesMax} signatures`);
  return { text: whole.slice(0, end + 1), signatures: lines.map(parseSignature) };
}

function textOf(note: Uint8Array): string {
  if (note.length > noteBytesMax) throw malformed(`it has more than ${noteBytesMax} octets`);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(note);
  } catch {
    throw malformed("it is no UTF-8");
  }
}

function isNoteText(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20 && unit !== 0x0a) return false;
  }
  return text.endsWith("\n");
}

function parseSignature(line: string): Signature {
  const [name = "", encoded = "", ...more] = line.slice(signatureStart.length).split(" ");
  const octets = fromBase64(encoded);
  const isForm = line.startsWith(signatureStart) && more.length === 0 && isKeyName(name);
  if (!isForm || !octets || octets.length < 5) throw malformed("one of its last lines is no signature");
  return { name, id: octets.subarray(0, 4).toString("hex"), octets: octets.subarray(4) };
}

function malformed(why: string): NoteError {
  return new NoteError("NOTE_MALFORMED", `this is no signed note: ${why}`);
}
