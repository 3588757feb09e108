import { createHash, randomFillSync } from "node:crypto";
import { V7Generator } from "uuidv7";
import { hexForm } from "./domain/values/hex-form.ts";

/** A new id that orders by time (UUIDv7, RFC 9562 s. 5.7). Never a secret. */
export function newId(): string {
  return uuidText(generator.generate().bytes);
}

const uuidText = hexForm("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");

/** Asked of the kernel for many ids at once: the library does it for few, which takes longer than all the rest. */
const random = new Uint32Array(1_024);
let randomUsed = random.length;
const generator = new V7Generator({
  nextUint32() {
    if (randomUsed === random.length) {
      randomFillSync(random);
      randomUsed = 0;
    }
    return random[randomUsed++] ?? 0;
  },
});

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
  return uuidText(bytes);
}
