import { hash } from "node:crypto";
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { z } from "zod";
import type { EventFilter } from "../../../../domain/ports/event-store.ts";
import { categoryOf } from "../../../../domain/values/category.ts";
import type { CheckedEvent } from "../../../../proof/check-chains.ts";
import type { LogIdentity } from "../../position.ts";

/**
 * A frame of zstd that every reader passes over (RFC 8878 s. 3.1.2): the index is for this service alone, and `zstd -dc`
 * makes the exported file of what is before it.
 */
const skippableMagic = 0x184d2a5e;

/** What a file ends with: the length of the index as it is compressed, then this. */
const endMark = Buffer.from("IRLGIDX1", "latin1");

/** Octets from the end of a file that tell how long its index is. */
export const indexTailBytes = 4 + endMark.length;

/** Categories that are told apart. A frame with one beyond them counts as having any. */
const categoriesMax = 30;

/** A frame: events, or the line before the first or behind the last of them. */
export interface Frame {
  readonly offset: number;
  readonly bytes: number;
}

/** A frame of events, and which streams are in it. */
export interface IndexedFrame extends Frame {
  /** Positions, both ends included. */
  readonly first: number;
  readonly last: number;
  /** Sorted, a 32-bit hash of each name: one that is not here is not in the frame. */
  readonly streams: Uint32Array;
  /** A bit for each of the index's categories; -1: any. */
  readonly categories: number;
}

/** Where the events of a segment are in its file. */
export interface SegmentIndex extends LogIdentity {
  readonly categories: readonly string[];
  readonly head: Frame;
  readonly frames: readonly IndexedFrame[];
  readonly end: Frame;
}

const Place = z.tuple([z.int().nonnegative(), z.int().positive()]);
const Stored = z.object({
  logId: z.string(),
  incarnation: z.string(),
  categories: z.array(z.string()),
  head: Place,
  /** Offset, octets, first and last position, categories, and how many streams. */
  frames: z.array(z.tuple([...Place.def.items, z.int(), z.int(), z.int(), z.int().nonnegative()])),
  end: Place,
});

/** Makes the index of a segment while its frames go by. */
export interface IndexBuilder {
  add(frame: Frame, events: readonly Pick<CheckedEvent, "position" | "stream">[]): void;
  build(identity: LogIdentity, lines: Pick<SegmentIndex, "head" | "end">): SegmentIndex;
}

export function createIndexBuilder(): IndexBuilder {
  const categories: string[] = [];
  const frames: IndexedFrame[] = [];

  function bitOf(category: string): number {
    let at = categories.indexOf(category);
    if (at === -1) at = categories.push(category) - 1;
    return at < categoriesMax ? 1 << at : -1;
  }

  return {
    add(frame, events) {
      const names = new Set(events.map(({ stream }) => stream));
      let bits = 0;
      for (const name of names) bits |= bitOf(categoryOf(name));
      frames.push({
        ...frame,
        first: events[0]?.position ?? 0,
        last: events.at(-1)?.position ?? 0,
        streams: Uint32Array.from(names, nameHash).sort(),
        categories: bits,
      });
    },
    build: (identity, lines) => ({ ...identity, ...lines, categories, frames }),
  };
}

/** The last octets of a segment's file. */
export function encodeIndex(index: SegmentIndex): Buffer {
  const { logId, incarnation, categories, head, end, frames } = index;
  const stored: z.input<typeof Stored> = {
    logId,
    incarnation,
    categories: [...categories],
    head: [head.offset, head.bytes],
    frames: frames.map((frame) => [
      frame.offset,
      frame.bytes,
      frame.first,
      frame.last,
      frame.categories,
      frame.streams.length,
    ]),
    end: [end.offset, end.bytes],
  };
  const text = Buffer.from(JSON.stringify(stored));
  const streams = frames.map(({ streams: { buffer, byteOffset, byteLength } }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  const packed = zstdCompressSync(Buffer.concat([uint32(text.length), text, ...streams]), {
    params: { [constants.ZSTD_c_checksumFlag]: 1 },
  });
  const payload = Buffer.concat([packed, uint32(packed.length), endMark]);
  return Buffer.concat([uint32(skippableMagic), uint32(payload.length), payload]);
}

/**
 * How many octets the end of a file has to be read for its index.
 *
 * @param tail the last `indexTailBytes` octets
 * @returns `undefined` when the file does not end with an index
 */
export function indexBytes(tail: Buffer): number | undefined {
  if (tail.length !== indexTailBytes || !tail.subarray(4).equals(endMark)) return undefined;
  return tail.readUInt32LE(0) + indexTailBytes;
}

/**
 * @param index the last octets of the file, as many as `indexBytes` says
 * @throws Error when they are no index
 */
export function decodeIndex(index: Buffer): SegmentIndex {
  const octets = zstdDecompressSync(index.subarray(0, -indexTailBytes));
  const textBytes = octets.readUInt32LE(0);
  const stored = Stored.parse(JSON.parse(octets.toString("utf8", 4, 4 + textBytes)));
  let at = 4 + textBytes;
  const frames = stored.frames.map(([offset, bytes, first, last, categories, count]) => {
    // Copied, because what is behind a text need not begin where 32-bit words may.
    const streams = new Uint32Array(Uint8Array.from(octets.subarray(at, at + count * 4)).buffer);
    at += count * 4;
    return { offset, bytes, first, last, categories, streams };
  });
  const [[headOffset, headBytes], [endOffset, endBytes]] = [stored.head, stored.end];
  return {
    logId: stored.logId,
    incarnation: stored.incarnation,
    categories: stored.categories,
    head: { offset: headOffset, bytes: headBytes },
    frames,
    end: { offset: endOffset, bytes: endBytes },
  };
}

/** Whether a frame can have an event of a stream. Of a billion streams it is wrong about a few hundred. */
export function mayHaveStream({ streams }: IndexedFrame, wanted: number): boolean {
  let low = 0;
  let high = streams.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((streams[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return streams[low] === wanted;
}

/** Tells the frames in which a filter can find something. */
export function frameFilter(
  { categories: known }: SegmentIndex,
  { categories, streams }: EventFilter,
): (frame: IndexedFrame) => boolean {
  const hashes = streams?.map(nameHash);
  const bits = categories?.reduce((sum, category) => {
    const at = known.indexOf(category);
    return at === -1 || at >= categoriesMax ? sum : sum | (1 << at);
  }, 0);
  return (frame) =>
    (bits === undefined || frame.categories === -1 || (frame.categories & bits) !== 0) &&
    (hashes?.some((wanted) => mayHaveStream(frame, wanted)) ?? true);
}

/** The hash of a stream's name that an index knows it by. */
export function nameHash(stream: string): number {
  return hash("sha256", stream, "buffer").readUInt32LE(0);
}

function uint32(value: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(value);
  return octets;
}
