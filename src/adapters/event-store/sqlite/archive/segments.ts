import { join } from "node:path";
import { type EventFilter, EventStoreError } from "../../../../domain/ports/event-store.ts";
import type { ArchivedSegment } from "../../../../domain/system/events.ts";
import type { EventRow } from "../rows.ts";
import { linesIn, previousHashes, readIndex, readingFile, rowsIn } from "./segment-frames.ts";
import {
  frameFilter,
  type IndexedFrame,
  mayHaveStream,
  nameHash,
  type SegmentIndex,
} from "./segment-index.ts";

/** Indexes that are kept in memory: up to some 4 MiB each for a million events, most often a tenth of that. */
const indexesMax = 4;

/** Frames of a thousand events that are kept unpacked, for pages that are smaller. */
const framesMax = 2;

/** Reads the files of segments. All of it throws EventStoreError `LOG_ARCHIVE_MISSING`. */
export interface Segments {
  /** The frames with events behind a position, and whether the filter can find anything in them. */
  framesBehind(
    segment: ArchivedSegment,
    wanted: { readonly after: number; readonly filter: EventFilter },
  ): readonly (readonly [IndexedFrame, boolean])[];
  rowsOf(segment: ArchivedSegment, frame: IndexedFrame): readonly EventRow[];
  /** The hash before an event, where the segment tells it. */
  previousOf(segment: ArchivedSegment, position: number): string | undefined;
  /** The events of a stream that a segment has. */
  streamIn(segment: ArchivedSegment, name: string): readonly EventRow[];
}

/** @param folder where the files are. Each is opened when it is read, and closed again */
export function openSegments(folder: string): Segments {
  const indexes = lastUsed<SegmentIndex>(indexesMax);
  const frames = lastUsed<readonly EventRow[]>(framesMax);
  const previous = lastUsed<ReadonlyMap<number, string>>(framesMax);

  function indexOf(segment: ArchivedSegment): SegmentIndex {
    return indexes.get(segment.file, () =>
      readSegment(segment, (path) =>
        readingFile(path, (read, size) => {
          if (size !== segment.bytes)
            throw new Error(`it has ${size} octets, and ${segment.bytes} were sealed`);
          return ofSegment(readIndex(read, size), segment);
        }),
      ),
    );
  }

  function rowsOf(segment: ArchivedSegment, frame: IndexedFrame): readonly EventRow[] {
    return frames.get(`${segment.file} ${frame.first}`, () =>
      readSegment(segment, (path) =>
        readingFile(path, (read) => checked(rowsIn(linesIn(read, frame), indexOf(segment)), frame)),
      ),
    );
  }

  function readSegment<Result>(segment: ArchivedSegment, work: (path: string) => Result): Result {
    const path = join(folder, segment.file);
    try {
      return work(path);
    } catch (error) {
      if (error instanceof EventStoreError) throw error;
      const { after, through } = segment;
      const why = error instanceof Error ? error.message : String(error);
      const message = `events ${after + 1} to ${through} are in the archive ${path}, which cannot be read: ${why}`;
      throw new EventStoreError("LOG_ARCHIVE_MISSING", message, { cause: error });
    }
  }

  function streamIn(segment: ArchivedSegment, name: string): readonly EventRow[] {
    const wanted = nameHash(name);
    return indexOf(segment)
      .frames.filter((frame) => mayHaveStream(frame, wanted))
      .flatMap((frame) => rowsOf(segment, frame).filter(([, stream]) => stream === name));
  }

  function previousIn(segment: ArchivedSegment, frame: IndexedFrame): ReadonlyMap<number, string> {
    return previous.get(`${segment.file} ${frame.first}`, () =>
      readSegment(segment, (path) =>
        readingFile(path, (read) => previousHashes(linesIn(read, frame), indexOf(segment))),
      ),
    );
  }

  return {
    rowsOf,
    streamIn,

    previousOf(segment, position) {
      const frame = indexOf(segment).frames.find(({ last }) => last >= position);
      return frame && previousIn(segment, frame).get(position);
    },

    framesBehind(segment, { after, filter }) {
      const index = indexOf(segment);
      const mayMatch = frameFilter(index, filter);
      return index.frames
        .filter(({ last }) => last > after)
        .map((frame) => [frame, mayMatch(frame)] as const);
    },
  };
}

/** @throws Error when the index is not of all of the segment's events: who reads on where it says so would not get any further */
function ofSegment(index: SegmentIndex, { after, through }: ArchivedSegment): SegmentIndex {
  let end = after;
  for (const { first, last } of index.frames) {
    if (first !== end + 1) break;
    end = last;
  }
  if (end === through) return index;
  throw new Error(`its index has events ${after + 1} to ${end}, and ${through} is the last of it`);
}

/** @throws Error when the frame has other events than its index says */
function checked(rows: readonly EventRow[], { first, last }: IndexedFrame): readonly EventRow[] {
  if (rows.length === last - first + 1 && rows.every(([position], at) => position === first + at))
    return rows;
  throw new Error(`events ${first} to ${last} are not where its index says`);
}

/** Keeps what was used last. */
function lastUsed<Value>(max: number) {
  const kept = new Map<string, Value>();
  return {
    get(key: string, make: () => Value): Value {
      const value = kept.get(key) ?? make();
      kept.delete(key);
      kept.set(key, value);
      for (const oldest of kept.keys()) {
        if (kept.size <= max) break;
        kept.delete(oldest);
      }
      return value;
    },
  };
}
