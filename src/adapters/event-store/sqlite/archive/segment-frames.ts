import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { readEventLine } from "../../../../proof/export-format.ts";
import type { LogIdentity } from "../../position.ts";
import type { EventRow } from "../rows.ts";
import { decodeIndex, type Frame, indexBytes, indexTailBytes, type SegmentIndex } from "./segment-index.ts";

/** 3 is as fast as the events are read, and takes a tenth more room than 9, which is three times slower. */
const params = { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 };

/** Lines of an exported file as a frame of zstd, readable alone, with a checksum. */
export function packFrame(lines: string): Buffer {
  return zstdCompressSync(lines, { params });
}

/** What a file holds at a place. */
export type ReadPlace = (frame: Frame) => Buffer;

/**
 * Lets something read a file that is closed again afterwards.
 *
 * @throws Error when there is no such file, or it cannot be read
 */
export function readingFile<Result>(path: string, work: (read: ReadPlace, size: number) => Result): Result {
  const file = openSync(path, "r");
  try {
    return work((place) => readPlace(file, place), fstatSync(file).size);
  } finally {
    closeSync(file);
  }
}

/**
 * The index at the end of a segment's file.
 *
 * @throws Error when there is none
 */
export function readIndex(read: ReadPlace, size: number): SegmentIndex {
  const tail = size < indexTailBytes ? undefined : lastOctets(read, size, indexTailBytes);
  const bytes = tail && indexBytes(tail);
  if (bytes === undefined || bytes > size) throw new Error("it does not end with an index");
  return decodeIndex(lastOctets(read, size, bytes));
}

/** @throws Error when the frame is not as it was written */
export function linesIn(read: ReadPlace, frame: Frame): readonly string[] {
  const text = zstdDecompressSync(read(frame)).toString("utf8");
  return text.slice(0, -1).split("\n");
}

/** @throws Error when a line is no event of the log */
export function rowsIn(lines: readonly string[], identity: LogIdentity): readonly EventRow[] {
  return lines.map((line) => {
    const read = readEventLine(line, identity);
    if (!read) throw new Error("a line of it is no event of this log");
    const { position, stream, revision, id, type, schema, time, data, meta, hash } = read.event;
    return [position, stream, revision, id.replaceAll("-", ""), type, schema, time, data, meta, hash];
  });
}

/** The hashes before events, by their positions, as far as the lines tell them. */
export function previousHashes(lines: readonly string[], identity: LogIdentity): ReadonlyMap<number, string> {
  const read = lines.map((line) => readEventLine(line, identity));
  return new Map(
    read.flatMap((line) => (line?.previous === undefined ? [] : [[line.event.position, line.previous]])),
  );
}

function lastOctets(read: ReadPlace, size: number, bytes: number): Buffer {
  return read({ offset: size - bytes, bytes });
}

function readPlace(file: number, { offset, bytes }: Frame): Buffer {
  const octets = Buffer.allocUnsafe(bytes);
  for (let at = 0; at < bytes; ) {
    const count = readSync(file, octets, at, bytes - at, offset + at);
    if (count === 0) throw new Error(`it ends before octet ${offset + bytes}`);
    at += count;
  }
  return octets;
}
