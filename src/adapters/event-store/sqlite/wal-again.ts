import { closeSync, existsSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";

/** Octets that are written at once. */
const pieceBytes = 1024 * 1024;

/**
 * Writes a write-ahead log that an unclean stop left once more as it is, and waits until it is on the disk.
 *
 * When a sync fails, Linux takes what it could not write for written: it is read as if it were there, and no later sync
 * says anything of it. A process that goes on writes over it. One that starts takes it for a transaction, appends behind
 * it, and a power cut then shows a gap before all that was acknowledged since. What is written again is waited for again.
 *
 * @param path of the write-ahead log, which carries none of SQLite's locks. Nobody writes it meanwhile
 * @throws Error when the disk still fails
 */
export function writeAgain(path: string): void {
  if (!existsSync(path)) return;
  const file = openSync(path, "r+");
  try {
    const piece = Buffer.alloc(pieceBytes);
    for (let at = 0; ; ) {
      const length = readSync(file, piece, 0, piece.length, at);
      if (length === 0) break;
      for (let done = 0; done < length; ) done += writeSync(file, piece, done, length - done, at + done);
      at += length;
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
