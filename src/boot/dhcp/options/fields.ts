import type { OptionEntry } from "./option.ts";
import { overloadCode } from "./option-index.ts";

const end = 255;
/** The longest value that one length octet can tell. */
const pieceMax = 255;
/** Option 52: code, length, value. */
const overloadBytes = 3;

/** Option 82 leaves last (RFC 3046 s. 2.2). */
const relayAgentCode = 82;

/** Octets that each field of a packet has for options; 0: the field is taken. */
export interface FieldSizes {
  readonly options: number;
  readonly file: number;
  readonly sname: number;
}

/** Which options go where, in order. */
export interface Layout {
  readonly options: readonly OptionEntry[];
  readonly file: readonly OptionEntry[];
  readonly sname: readonly OptionEntry[];
  /** What the options field takes, END and option 52 included. */
  readonly optionsBytes: number;
}

/**
 * Spreads options over the fields of a packet, in their order, each whole in one field. What fits nowhere is
 * left out, so the most needed come first; option 82 comes last and has its place kept.
 */
export function layOut(entries: readonly OptionEntry[], sizes: FieldSizes): Layout {
  const ordered = relayAgentLast(entries);
  const bytes = bytesOf(ordered) + 1;
  if (bytes <= sizes.options) return { options: ordered, file: [], sname: [], optionsBytes: bytes };
  return spread(ordered, sizes);
}

function spread(ordered: readonly OptionEntry[], sizes: FieldSizes): Layout {
  const last = ordered.filter(([code]) => code === relayAgentCode);
  const others = ordered.filter(([code]) => code !== relayAgentCode);
  const main = fill(others, sizes.options - bytesOf(last) - 1 - overloadBytes);
  const file = fill(main.left, sizes.file - 1);
  const sname = fill(file.left, sizes.sname - 1);
  const options = [...main.taken, ...last];
  const note = file.taken.length + sname.taken.length > 0 ? overloadBytes : 0;
  return {
    options,
    file: file.taken,
    sname: sname.taken,
    optionsBytes: bytesOf(options) + 1 + note,
  };
}

/** Takes what fits, in order; an option that does not fit does not keep a shorter one out. */
function fill(entries: readonly OptionEntry[], size: number) {
  const taken: OptionEntry[] = [];
  const left: OptionEntry[] = [];
  let room = size;
  for (const entry of entries) {
    const bytes = entryBytes(entry);
    (bytes <= room ? taken : left).push(entry);
    if (bytes <= room) room -= bytes;
  }
  return { taken, left };
}

function relayAgentLast(entries: readonly OptionEntry[]): readonly OptionEntry[] {
  for (let index = 0; index < entries.length - 1; index++) {
    if (entries[index]?.[0] !== relayAgentCode) continue;
    return entries.toSorted(
      ([one], [other]) => Number(one === relayAgentCode) - Number(other === relayAgentCode),
    );
  }
  return entries;
}

/** Of a field: octets that these options take. */
function bytesOf(entries: readonly OptionEntry[]): number {
  let bytes = 0;
  for (const entry of entries) bytes += entryBytes(entry);
  return bytes;
}

function entryBytes([, { length }]: OptionEntry): number {
  return length <= pieceMax ? length + 2 : length + 2 * Math.ceil(length / pieceMax);
}

/** Writes one field from `at` on, closed by END. */
export function writeField(bytes: Uint8Array, entries: readonly OptionEntry[], at: number): void {
  let next = at;
  for (const entry of entries) next = writeEntry(bytes, entry, next);
  bytes[next] = end;
}

/** Writes the options field, and says behind its first option which other fields hold options. */
export function writeOptions(bytes: Uint8Array, { options, file, sname }: Layout, at: number): void {
  const overload = (file.length > 0 ? 1 : 0) + (sname.length > 0 ? 2 : 0);
  if (overload === 0) {
    writeField(bytes, options, at);
    return;
  }
  const note: OptionEntry = [overloadCode, Uint8Array.of(overload)];
  writeField(bytes, [...options.slice(0, 1), note, ...options.slice(1)], at);
}

/** An option with its code and length, in pieces of 255 octets where it is longer (RFC 3396 s. 5). */
function writeEntry(bytes: Uint8Array, [code, value]: OptionEntry, at: number): number {
  let next = at;
  let from = 0;
  do {
    const length = Math.min(value.length - from, pieceMax);
    bytes[next] = code;
    bytes[next + 1] = length;
    // Most values have a few octets, for which a loop is faster than `set`.
    for (let index = 0; index < length; index++) bytes[next + 2 + index] = value[from + index] ?? 0;
    next += 2 + length;
    from += length;
  } while (from < value.length);
  return next;
}
