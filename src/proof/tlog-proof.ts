import type { Hash } from "./merkle.ts";
import { isHash } from "./merkle.ts";
import { fromBase64, NoteError } from "./note-keys.ts";

/** A proof that a leaf is in a log, in one text that needs nothing but the log's key (https://c2sp.org/tlog-proof). */
export interface TlogProof {
  /** The place of the leaf, from 0. */
  readonly index: number;
  /** Of the inclusion proof, from the bottom up. */
  readonly hashes: readonly Hash[];
  /** The signed checkpoint, as it is written down. */
  readonly checkpoint: string;
  /** What the format leaves to each log: here the event's line of an exported file. */
  readonly extra: string;
}

const firstLine = "c2sp.org/tlog-proof@v1";
const indexPattern = /^index (0|[1-9][0-9]{0,15})$/;

/** The proof in its written form. */
export function tlogProofText({ index, hashes, checkpoint, extra }: TlogProof): string {
  const lines = [
    firstLine,
    `extra ${Buffer.from(extra).toString("base64")}`,
    `index ${index}`,
    ...hashes.map((hash) => Buffer.from(hash, "hex").toString("base64")),
  ];
  return `${lines.join("\n")}\n\n${checkpoint}`;
}

/**
 * Reads a proof. Nothing of it is verified here, and nothing is to be believed of it before that.
 *
 * @throws NoteError `NOTE_MALFORMED`
 */
export function parseTlogProof(text: string): TlogProof {
  const end = text.indexOf("\n\n");
  const [first, extraLine = "", indexLine = "", ...hashLines] = text.slice(0, Math.max(0, end)).split("\n");
  if (first !== firstLine) throw malformed(`its first line is not ${firstLine}`);
  const extra = extraLine.startsWith("extra ") ? fromBase64(extraLine.slice("extra ".length)) : undefined;
  if (!extra) throw malformed("it does not say which event it is about");
  const index = Number(indexPattern.exec(indexLine)?.[1]);
  if (!Number.isSafeInteger(index)) throw malformed("it does not say which place the event has");
  const hashes = hashLines.map((line) => fromBase64(line)?.toString("hex") ?? "");
  if (!hashes.every(isHash)) throw malformed("one of its lines is no hash");
  return { index, hashes, checkpoint: text.slice(end + 2), extra: extra.toString("utf8") };
}

function malformed(why: string): NoteError {
  return new NoteError("NOTE_MALFORMED", `this is no proof of a log: ${why}`);
}
