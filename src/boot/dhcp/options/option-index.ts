import type { DhcpOption, OptionBytes } from "./option.ts";

const pad = 0;
const end = 255;

/** Option 52 (RFC 2132 s. 9.3): `file` (1), `sname` (2) or both (3) hold options too. */
export const overloadCode = 52;

/** Most options, or pieces of options, that a message may have: finding one looks at each. Real ones have about 20. */
const piecesMax = 512;

/** A part of a message that may hold options: the offset of its first octet and the one behind its last. */
interface Field {
  readonly start: number;
  readonly end: number;
}

/** Where options may lie in a message. */
export interface OptionFields {
  readonly options: Field;
  readonly file: Field;
  readonly sname: Field;
}

/**
 * The options of a received message: where each begins. Found in one pass that copies nothing.
 *
 * Option 52 is not among them: what it says was followed, and `overload` tells it.
 */
export class OptionIndex implements OptionBytes {
  /** Which fields held options: 1 `file`, 2 `sname`. */
  readonly overload: number;
  readonly #octets: Buffer;
  /** Offsets of the pieces' codes, in the order in which pieces are joined: options, file, sname (RFC 3396 s. 5). */
  readonly #starts: readonly number[];

  private constructor(octets: Buffer, starts: readonly number[], overload: number) {
    this.#octets = octets;
    this.#starts = starts;
    this.overload = overload;
  }

  /**
   * `undefined` when an option is longer than what is left of its field, which means that the message was cut or
   * made up, when option 52 makes no sense, and when there are too many options.
   */
  static of(octets: Buffer, fields: OptionFields): OptionIndex | undefined {
    const starts: number[] = [];
    if (!collect(octets, fields.options, starts)) return undefined;
    const overload = takeOverload(octets, starts);
    if (overload === undefined) return undefined;
    if (overload & 1 && !collect(octets, fields.file, starts)) return undefined;
    if (overload & 2 && !collect(octets, fields.sname, starts)) return undefined;
    if (starts.length > piecesMax) return undefined;
    return new OptionIndex(octets, starts, overload);
  }

  has(code: number): boolean {
    return code !== overloadCode && this.#find(code, 0) !== -1;
  }

  get(code: number): Uint8Array | undefined {
    if (code === overloadCode) return undefined;
    const first = this.#find(code, 0);
    if (first === -1) return undefined;
    return this.#find(code, first + 1) === -1 ? this.#piece(first) : this.#joined(code);
  }

  read<Value>(option: DhcpOption<Value>): Value | undefined {
    const { code } = option;
    const first = this.#find(code, 0);
    if (first === -1) return undefined;
    if (this.#find(code, first + 1) !== -1) return option.decode(this.#joined(code));
    const start = (this.#starts[first] ?? 0) + 2;
    return option.decode(this.#octets, start, start + (this.#octets[start - 1] ?? 0));
  }

  keys(): Iterable<number> {
    const codes = new Set(this.#starts.map((start) => this.#octets[start] ?? end));
    codes.delete(overloadCode);
    return codes;
  }

  /** The first piece of this code among those from the `from`th on; -1: none. */
  #find(code: number, from: number): number {
    const octets = this.#octets;
    const starts = this.#starts;
    for (let index = from; index < starts.length; index++) {
      if (octets[starts[index] ?? 0] === code) return index;
    }
    return -1;
  }

  #piece(index: number): Buffer {
    const start = (this.#starts[index] ?? 0) + 2;
    return this.#octets.subarray(start, start + (this.#octets[start - 1] ?? 0));
  }

  /** Pieces of one option are one value that was too long for 255 octets (RFC 3396 s. 7). */
  #joined(code: number): Buffer {
    const pieces: Buffer[] = [];
    for (let at = this.#find(code, 0); at !== -1; at = this.#find(code, at + 1)) pieces.push(this.#piece(at));
    return Buffer.concat(pieces);
  }
}

/** Notes where options begin, up to END, or to the field's end where END is missing. False: one is cut off. */
function collect(octets: Buffer, field: Field, starts: number[]): boolean {
  let at = field.start;
  while (at < field.end) {
    const code = octets[at];
    if (code === end) return true;
    if (code === pad) {
      at++;
      continue;
    }
    // Behind the field lies another one, and behind the message nothing.
    const next = at + 1 < field.end ? at + 2 + (octets[at + 1] ?? 0) : field.end + 1;
    if (next > field.end) return false;
    starts.push(at);
    at = next;
  }
  return true;
}

/** What option 52 says; 0 when there is none, `undefined` when it makes no sense. */
function takeOverload(octets: Buffer, starts: readonly number[]): number | undefined {
  let overload = 0;
  for (const start of starts) {
    if (octets[start] !== overloadCode) continue;
    const value = octets[start + 2] ?? 0;
    if (overload !== 0 || octets[start + 1] !== 1 || value < 1 || value > 3) return undefined;
    overload = value;
  }
  return overload;
}
