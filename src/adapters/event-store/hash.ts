import { hash } from "node:crypto";

/** What an event's hash covers: everything but its position, which belongs to one store. */
export interface HashedEvent {
  readonly stream: string;
  readonly revision: number;
  /** UUID, in its 36 characters. */
  readonly id: string;
  readonly type: string;
  readonly schema: number;
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  /** RFC 8785 text, as `canonicalJson` gives it. */
  readonly data: string;
  /** RFC 8785 text, as `canonicalJson` gives it. */
  readonly meta: string;
}

/** Of the nine fields: eight lengths and the integers, the id and both digests, which are always as long. */
const fixedBytes = 9 * 4 + 8 + 16 + 4 + 8 + 32 + 32;

/**
 * SHA-256, in lower case hex, of an event and of the hash before it in its stream (`undefined` for revision
 * 0): a changed, missing or moved event breaks the chain of its stream from there on.
 *
 * Nine fields, each preceded by its length, four octets in network order. The format is final;
 * `docs/reference/event-hash.md` has it with test vectors.
 */
export function eventHash(previous: string | undefined, event: HashedEvent): string {
  const { stream, revision, id, type, schema, time, data, meta } = event;
  const previousBytes = previous === undefined ? 0 : 32;
  const streamBytes = Buffer.byteLength(stream);
  const typeBytes = Buffer.byteLength(type);
  const bytes = Buffer.allocUnsafe(fixedBytes + previousBytes + streamBytes + typeBytes);

  let at = bytes.writeUInt32BE(previousBytes);
  at += bytes.write(previous ?? "", at, "hex");
  at = bytes.writeUInt32BE(streamBytes, at);
  at += bytes.write(stream, at);
  at = writeUint64(bytes, bytes.writeUInt32BE(8, at), revision);
  at = bytes.writeUInt32BE(16, at);
  at += bytes.write(id.replaceAll("-", ""), at, "hex");
  at = bytes.writeUInt32BE(typeBytes, at);
  at += bytes.write(type, at);
  at = bytes.writeUInt32BE(schema, bytes.writeUInt32BE(4, at));
  at = writeUint64(bytes, bytes.writeUInt32BE(8, at), time);
  at = bytes.writeUInt32BE(32, at);
  at += bytes.write(hash("sha256", data), at, "hex");
  at = bytes.writeUInt32BE(32, at);
  bytes.write(hash("sha256", meta), at, "hex");
  return hash("sha256", bytes);
}

/** Integers up to 2^53 in two halves, which is exact and spares the detour over BigInt. */
function writeUint64(bytes: Buffer, offset: number, value: number): number {
  const half = bytes.writeUInt32BE(Math.floor(value / 2 ** 32), offset);
  return bytes.writeUInt32BE(value % 2 ** 32, half);
}
