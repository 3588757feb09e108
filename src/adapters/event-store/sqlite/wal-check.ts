import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { EventStoreError } from "../../../domain/ports/event-store.ts";
import { fileHeaderBytes, frameBytes, frameHeaderBytes } from "./wal-format.ts";

/** With this first word checksums are over little-endian words, with the next number over big-endian ones. */
const magic = { littleEndian: 0x377f0682, bigEndian: 0x377f0683 } as const;

/** Frames that are read at once. */
const framesAtOnce = 256;

type Checksum = readonly [number, number];

interface FileHeader {
  readonly isLittleEndian: boolean;
  /** Chosen anew each time that the file is begun again: frames with others are left over. */
  readonly salts: string;
  /** What the first frame's checksum goes on from. */
  readonly checksum: Checksum;
  readonly isIntact: boolean;
}

interface Frame {
  readonly index: number;
  /** It ends a transaction. */
  readonly isCommit: boolean;
  /** It was written since the file was begun anew for the last time. */
  readonly isCurrent: boolean;
  /** It and all before it are as they were written. */
  readonly isIntact: boolean;
}

/**
 * Looks at a write-ahead log that an unclean stop left behind, before SQLite does: SQLite takes it for ended at the first
 * frame that is not intact, which is right for the last transaction, that nobody waited for, and would silently drop all
 * that was acknowledged after a frame in the middle. Whatever comes behind a transaction was begun after that one was on
 * the disk: so more than one transaction from there on means that octets have changed. (What transactions that came to
 * nothing leave there is cut off before the next one, see `wal-end.ts`.)
 *
 * Somebody may be writing it meanwhile: a frame that is only being written is whole when it is looked at again.
 *
 * @param path of the write-ahead log, which carries none of SQLite's locks: it may be opened beside SQLite
 * @throws EventStoreError `LOG_DAMAGED`
 */
export function checkWriteAheadLog(path: string): void {
  if (!existsSync(path)) return;
  const file = openSync(path, "r");
  try {
    const broken = firstBroken(framesOf(file));
    if (broken !== undefined && firstBroken(framesOf(file)) === broken) throw damaged(path, broken);
  } finally {
    closeSync(file);
  }
}

/** The frame that SQLite would end at, when there are transactions behind it; `undefined`: nothing is lost there. */
function firstBroken(frames: Iterable<Frame>): number | undefined {
  let broken: number | undefined;
  let hasCommit = false;
  for (const { index, isCommit, isCurrent, isIntact } of frames) {
    if (isIntact) continue;
    broken ??= index;
    if (!isCurrent) continue;
    if (hasCommit) return broken;
    hasCommit = isCommit;
  }
  return undefined;
}

function* framesOf(file: number): Generator<Frame> {
  const header = readFileHeader(file);
  if (!header) return;
  const buffer = Buffer.alloc(framesAtOnce * frameBytes);
  let { checksum, isIntact } = header;
  let current = isIntact ? header.salts : undefined;
  for (let index = 0; ; ) {
    const bytes = readSync(file, buffer, 0, buffer.length, fileHeaderBytes + index * frameBytes);
    const count = Math.floor(bytes / frameBytes);
    if (count === 0) return;
    for (let at = 0; at < count * frameBytes; at += frameBytes, index++) {
      const frame = buffer.subarray(at, at + frameBytes);
      const salts = saltsAt(frame, 8);
      current ??= salts;
      const isCurrent = salts === current;
      if (isIntact) {
        const stored: Checksum = [frame.readUInt32BE(16), frame.readUInt32BE(20)];
        const head = sum(checksum, frame.subarray(0, 8), header);
        checksum = sum(head, frame.subarray(frameHeaderBytes), header);
        isIntact = isCurrent && isSame(checksum, stored);
      }
      yield { index, isCommit: frame.readUInt32BE(4) !== 0, isCurrent, isIntact };
    }
  }
}

/** `undefined`: it is so short, or so damaged, that not even a frame can be found. */
function readFileHeader(file: number): FileHeader | undefined {
  const bytes = Buffer.alloc(fileHeaderBytes);
  if (readSync(file, bytes, 0, bytes.length, 0) < bytes.length) return undefined;
  const word = bytes.readUInt32BE(0);
  const isLittleEndian = word === magic.littleEndian;
  const checksum: Checksum = [bytes.readUInt32BE(24), bytes.readUInt32BE(28)];
  const isIntact =
    (isLittleEndian || word === magic.bigEndian) &&
    isSame(sum([0, 0], bytes.subarray(0, 24), { isLittleEndian }), checksum);
  return { isLittleEndian, salts: saltsAt(bytes, 16), checksum, isIntact };
}

function sum([first, second]: Checksum, octets: Buffer, how: Pick<FileHeader, "isLittleEndian">): Checksum {
  let [one, other] = [first, second];
  for (let at = 0; at < octets.length; at += 8) {
    one = (one + (how.isLittleEndian ? octets.readUInt32LE(at) : octets.readUInt32BE(at)) + other) >>> 0;
    other =
      (other + (how.isLittleEndian ? octets.readUInt32LE(at + 4) : octets.readUInt32BE(at + 4)) + one) >>> 0;
  }
  return [one, other];
}

function isSame([one, other]: Checksum, [first, second]: Checksum): boolean {
  return one === first && other === second;
}

function saltsAt(octets: Buffer, at: number): string {
  return octets.toString("latin1", at, at + 8);
}

function damaged(path: string, frame: number): EventStoreError {
  const message = `${path} is damaged at frame ${frame + 1}, and transactions that were acknowledged are behind it`;
  return new EventStoreError(
    "LOG_DAMAGED",
    `${message}. Nothing was changed. Keep the files, and restore a backup`,
  );
}
