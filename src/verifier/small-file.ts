import { closeSync, openSync, readSync } from "node:fs";

/** Most octets of a file that is read as a whole: a proof has an event in it, in base64. */
const bytesMax = 8 * 1024 * 1024;

/**
 * A key, a checkpoint or a proof. It may be a stranger's: what is larger is not read.
 *
 * @throws Error
 */
export function readSmall(file: string): Buffer {
  const octets = Buffer.allocUnsafe(bytesMax + 1);
  const handle = openSync(file, "r");
  let length = 0;
  try {
    for (let read = -1; read !== 0 && length < octets.length; length += read) {
      read = readSync(handle, octets, length, octets.length - length, null);
    }
  } finally {
    closeSync(handle);
  }
  if (length <= bytesMax) return octets.subarray(0, length);
  throw new Error(`${file} has more than ${bytesMax} octets: it is no key, checkpoint or proof`);
}
