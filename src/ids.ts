import { createHash } from "node:crypto";
import { uuidv7 } from "uuidv7";

/** A new id that orders by time (UUIDv7, RFC 9562 s. 5.7). Never a secret. */
export function newId(): string {
  return uuidv7();
}

/**
 * The id of what follows from a cause: the same cause and step give the same id, so a retry makes no second
 * fact. UUIDv8 (RFC 9562 s. 5.8) of SHA-256 over the cause and the steps, each preceded by its length.
 */
export function deriveId(cause: string, ...steps: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of [cause, ...steps]) hash.update(`${Buffer.byteLength(part)}:${part}`);
  const bytes = hash.digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
