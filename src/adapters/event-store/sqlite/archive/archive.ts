import { type EventFilter, EventStoreError } from "../../../../domain/ports/event-store.ts";
import type { ArchivedSegment } from "../../../../domain/system/events.ts";
import { passes } from "../../event-filter.ts";
import type { RowPage, RowPageRequest } from "../reader.ts";
import type { EventRow } from "../rows.ts";
import type { Seal } from "./seal.ts";
import { openSegments, type Segments } from "./segments.ts";

/** Frames that a page with a filter unpacks at most, so that a rare match does not hold up its thread. */
const windowFrames = 10;

/** A part of a stream: from one revision up to another, which is not in it. */
export interface Revisions {
  readonly from: number;
  readonly before: number;
}

/** The events that left a log's file. Positions are numbers here. */
export interface Archive extends Seal {
  /**
   * A page of archived events, as `LogReader.page` has them. It is of one segment, and never tells that the
   * reader has caught up: there is always an event behind them.
   *
   * @throws EventStoreError `LOG_ARCHIVE_MISSING`
   */
  page(request: RowPageRequest): RowPage;
  /** @throws EventStoreError `LOG_ARCHIVE_MISSING` */
  stream(name: string, revisions: Revisions): readonly EventRow[];
  /**
   * The hash before an archived event, where its archive tells it: of the first event in it of each stream that began
   * before.
   *
   * @throws as `stream`
   */
  previousOf(position: number): string | undefined;
  /** Where an event is, and its hash; `undefined` when it is in no archive. @throws as `stream` */
  find(stream: string, revision: number): { readonly position: number; readonly hash: string } | undefined;
}

/** @param folder where the files are */
export function openArchive(folder: string, seal: Seal): Archive {
  const { segments } = seal;
  const files = openSegments(folder);

  return {
    ...seal,

    page(request) {
      const segment = segments.find(({ through }) => through > request.after);
      if (!segment) return { rows: [], position: request.after, caughtUp: false };
      const { rows, position } = rowsOf(files, segment, request);
      const full = rows.slice(0, request.limit);
      const isFull = full.length === request.limit;
      return { rows: full, position: isFull ? (full.at(-1)?.[0] ?? position) : position, caughtUp: false };
    },

    stream(name, { from, before }) {
      const parts: (readonly EventRow[])[] = [];
      let first = before;
      for (const segment of segments.toReversed()) {
        if (first <= from) break;
        const rows = files
          .streamIn(segment, name)
          .filter(([, , revision]) => revision >= from && revision < before);
        first = rows[0]?.[2] ?? first;
        parts.unshift(rows);
      }
      const rows = parts.flat();
      if (isWhole(rows, { from, before })) return rows;
      const message = `the archives do not have all of revisions ${from} to ${before - 1} of ${name}: verify the log`;
      throw new EventStoreError("LOG_ARCHIVE_MISSING", message);
    },

    previousOf(position) {
      const segment = segments.find(({ through }) => through >= position);
      return segment && files.previousOf(segment, position);
    },

    find(name, wanted) {
      for (const segment of segments.toReversed()) {
        const row = files.streamIn(segment, name).find(([, , revision]) => revision === wanted);
        if (row) return { position: row[0], hash: row[9] };
      }
      return undefined;
    },
  };
}

/** What a filter lets through of a segment, as far as one page looks, and how far that was. */
function rowsOf(files: Segments, segment: ArchivedSegment, { after, limit, filter = {} }: RowPageRequest) {
  const rows: EventRow[] = [];
  let position = after;
  let unpacked = 0;
  for (const [frame, mayMatch] of files.framesBehind(segment, { after, filter })) {
    if (rows.length >= limit || unpacked === windowFrames) break;
    if (mayMatch) {
      unpacked++;
      rows.push(...files.rowsOf(segment, frame).filter((row) => row[0] > after && lets(filter, row)));
    }
    position = frame.last;
  }
  return { rows, position };
}

function lets(filter: EventFilter, [, stream, , , type]: EventRow): boolean {
  return passes({ stream, type }, filter);
}

function isWhole(rows: readonly EventRow[], { from, before }: Revisions): boolean {
  return rows.length === before - from && rows.every(([, , revision], at) => revision === from + at);
}
