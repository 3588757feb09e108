import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";

/** What a file is known by. */
export interface FileDigest {
  readonly bytes: number;
  /** Lower case hex. */
  readonly sha256: string;
}

/** How long a file is, and its SHA-256. Keeps the thread until it is read. */
export function digestOf(path: string): FileDigest {
  const digest = createHash("sha256");
  const chunk = Buffer.allocUnsafe(1024 * 1024);
  const file = openSync(path, "r");
  let bytes = 0;
  try {
    for (let count = readSync(file, chunk); count > 0; count = readSync(file, chunk)) {
      digest.update(chunk.subarray(0, count));
      bytes += count;
    }
  } finally {
    closeSync(file);
  }
  return { bytes, sha256: digest.digest("hex") };
}
