import type { OptionBytes } from "./option.ts";

const pad = 0;
const end = 255;

/** Option 52 (RFC 2132 s. 9.3): `file` (1), `sname` (2) or both (3) hold options too. */
export const overloadCode = 52;

/** Option 82 leaves last (RFC 3046 s. 2.2). */
const relayAgentCode = 82;

/** Pieces of options in the order they were met, by code. */
type Pieces = Map<number, Uint8Array[]>;

/**
 * Reads a field of options up to END, or to its end where END is missing. False when an option is longer than
 * what is left of the field: such a packet was cut or made up.
 */
export function readField(field: Uint8Array, into: Pieces): boolean {
  for (let at = 0; at < field.length; ) {
    const code = field[at] ?? end;
    if (code === end) return true;
    at++;
    if (code === pad) continue;
    const length = field[at];
    if (length === undefined || at + 1 + length > field.length) return false;
    const piece = field.subarray(at + 1, at + 1 + length);
    const pieces = into.get(code);
    if (pieces) pieces.push(piece);
    else into.set(code, [piece]);
    at += 1 + length;
  }
  return true;
}

/** Pieces of one option are one value that was too long for 255 octets (RFC 3396 s. 7). */
export function joinPieces(pieces: Pieces): OptionBytes {
  const options = new Map<number, Uint8Array>();
  for (const [code, [first, ...more]] of pieces) {
    if (first && more.length === 0) options.set(code, first);
    else if (first) options.set(code, Buffer.concat([first, ...more]));
  }
  return options;
}

export interface FieldSizes {
  readonly options: number;
  /** 0 when the field is taken. */
  readonly file: number;
  /** 0 when the field is taken. */
  readonly sname: number;
}

/** The three fields, each closed by END; a field that holds no options is `undefined`. */
export interface Fields {
  readonly options: Uint8Array;
  readonly file: Uint8Array | undefined;
  readonly sname: Uint8Array | undefined;
}

/**
 * Spreads options over the fields of a packet, in their order, each whole in one field. What fits nowhere is
 * left out, so the most needed come first; option 82 has its place kept.
 */
export function writeFields(options: OptionBytes, sizes: FieldSizes): Fields {
  const last = encoded(options, relayAgentCode);
  const wanted = [...options.keys()].filter((code) => code !== relayAgentCode && code !== overloadCode);
  const plain = fill(wanted, options, sizes.options - last.length - 1);
  if (plain.left.length === 0)
    return { options: close([...plain.parts, last]), file: undefined, sname: undefined };

  const main = fill(wanted, options, sizes.options - last.length - 1 - 3);
  const file = fill(main.left, options, sizes.file - 1);
  const sname = fill(file.left, options, sizes.sname - 1);
  const overload = (file.parts.length > 0 ? 1 : 0) + (sname.parts.length > 0 ? 2 : 0);
  const note = overload === 0 ? [] : [Uint8Array.of(overloadCode, 1, overload)];
  return {
    options: close([...note, ...main.parts, last]),
    file: file.parts.length > 0 ? close(file.parts) : undefined,
    sname: sname.parts.length > 0 ? close(sname.parts) : undefined,
  };
}

/** Takes what fits, in order; an option that does not fit does not keep a shorter one out. */
function fill(codes: readonly number[], options: OptionBytes, size: number) {
  const parts: Uint8Array[] = [];
  const left: number[] = [];
  let room = size;
  for (const code of codes) {
    const part = encoded(options, code);
    if (part.length > room) {
      left.push(code);
      continue;
    }
    parts.push(part);
    room -= part.length;
  }
  return { parts, left };
}

/** An option with its code and length, in pieces of 255 octets where it is longer (RFC 3396 s. 5). */
function encoded(options: OptionBytes, code: number): Uint8Array {
  const bytes = options.get(code);
  if (!bytes) return new Uint8Array(0);
  const pieces = Math.max(1, Math.ceil(bytes.length / 255));
  const out = new Uint8Array(bytes.length + 2 * pieces);
  for (let piece = 0; piece < pieces; piece++) {
    const part = bytes.subarray(piece * 255, (piece + 1) * 255);
    out.set([code, part.length], piece * 257);
    out.set(part, piece * 257 + 2);
  }
  return out;
}

function close(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([...parts, Uint8Array.of(end)]);
}
