import { hash } from "node:crypto";

/** What an event's hash covers: everything but its position, which belongs to one store. */
export interface HashedEvent {
  readonly stream: string;
  readonly revision: number;
  /** UUID; its dashes may be left out. */
  readonly id: string;
  readonly type: string;
  readonly schema: number;
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  /** RFC 8785 text. */
  readonly data: string;
  /** RFC 8785 text. */
  readonly meta: string;
}

/** Of the nine fields: nine lengths, and all that are no names. */
const fixedBytes = 9 * 4 + 32 + 8 + 16 + 4 + 8 + 32 + 32;

/** What is hashed, written here while nothing else runs: the names of a store's events have 255 octets at most. */
const scratch = Buffer.alloc(fixedBytes + 2 * 255 * 3);

/**
 * SHA-256, in lower case hex, of an event and of the hash before it in its stream (`undefined` for revision
 * 0): a changed, missing or moved event breaks the chain of its stream from there on.
 *
 * Nine fields, each preceded by its length, four octets in network order. The format is final;
 * `docs/reference/event-hash.md` has it with test vectors.
 */
export function eventHash(previous: string | undefined, event: HashedEvent): string {
  const { stream, revision, id, type, schema, time, data, meta } = event;
  const largest = fixedBytes + 3 * (stream.length + type.length);
  const bytes = largest <= scratch.length ? scratch : Buffer.alloc(largest);

  let at = writeUint32(bytes, 0, previous === undefined ? 0 : 32);
  if (previous !== undefined) at += bytes.write(previous, at, "hex");
  at = writeName(bytes, at, stream);
  at = writeUint64(bytes, writeUint32(bytes, at, 8), revision);
  at = writeUint32(bytes, at, 16);
  at += bytes.write(id.length === 32 ? id : id.replaceAll("-", ""), at, "hex");
  at = writeName(bytes, at, type);
  at = writeUint32(bytes, writeUint32(bytes, at, 4), schema);
  at = writeUint64(bytes, writeUint32(bytes, at, 8), time);
  at = writeDigest(bytes, at, data);
  at = writeDigest(bytes, at, meta);
  return hash("sha256", bytes.subarray(0, at));
}

function writeName(bytes: Buffer, offset: number, name: string): number {
  const length = bytes.write(name, offset + 4);
  return writeUint32(bytes, offset, length) + length;
}

/** Octet by octet, in a third of the time that the buffer's own method takes. */
function writeUint32(bytes: Buffer, offset: number, value: number): number {
  bytes[offset] = value >>> 24;
  bytes[offset + 1] = value >>> 16;
  bytes[offset + 2] = value >>> 8;
  bytes[offset + 3] = value;
  return offset + 4;
}

/** Integers up to 2^53 in two halves, which is exact and spares the detour over BigInt. */
function writeUint64(bytes: Buffer, offset: number, value: number): number {
  return writeUint32(bytes, writeUint32(bytes, offset, Math.floor(value / 2 ** 32)), value % 2 ** 32);
}

/** Octets pass from the hash to the buffer as Latin-1 text, which takes half the time of hex. */
function writeDigest(bytes: Buffer, offset: number, text: string): number {
  const at = writeUint32(bytes, offset, 32);
  return at + bytes.write(hash("sha256", text, "binary"), at, "latin1");
}
