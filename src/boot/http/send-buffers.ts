/** Large enough that a file takes few reads, small enough that what was read is still in the processor's cache. */
const largeBytes = 256 * 1024;
const smallBytes = 32 * 1024;

/** Most downloads at once that have large buffers; all others have small ones. 16 MiB in all. */
const largePairsMax = 32;

/** Two buffers: one is filled from disk while the other one goes out. */
export type BufferPair = readonly [Buffer, Buffer];

/** Lends buffers to downloads, so that whoever reads slowly, or a thousand who do, hold a bounded memory. */
export interface SendBuffers {
  take(): BufferPair;
  /** When nobody reads or writes them any more. */
  giveBack(pair: BufferPair): void;
}

export function sendBuffers(): SendBuffers {
  const free: BufferPair[] = [];
  let made = 0;

  return {
    take() {
      const pair = free.pop();
      if (pair) return pair;
      if (made === largePairsMax) return pairOf(smallBytes);
      made += 1;
      return pairOf(largeBytes);
    },
    giveBack(pair) {
      if (pair[0].length === largeBytes) free.push(pair);
    },
  };
}

function pairOf(bytes: number): BufferPair {
  return [Buffer.allocUnsafeSlow(bytes), Buffer.allocUnsafeSlow(bytes)];
}
