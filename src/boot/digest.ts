import { createHash } from "node:crypto";
import { Sha256 } from "../domain/values/sha256.ts";

/** The digest of some bytes, or of a text's UTF-8 octets. */
export function sha256Of(bytes: Uint8Array | string): Sha256 {
  return Sha256.parse(createHash("sha256").update(bytes).digest("hex"));
}
