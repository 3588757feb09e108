import type { RecordedEvent } from "../../../domain/ports/event-store.ts";
import { type LogIdentity, positionText } from "../position.ts";

/** An event as the log's connections give it and as it travels between threads. */
export type EventRow = readonly [
  position: number,
  stream: string,
  revision: number,
  /** 32 hex digits. */
  id: string,
  type: string,
  schema: number,
  time: number,
  data: string,
  meta: string,
  hash: string,
];

/** The columns of an `EventRow`, for a query over `event AS e` and `stream AS s`. */
export const eventRowColumns = `e.position, s.name, e.revision, lower(hex(e.id)), e.type, e.schema, e.time,
  e.data, e.meta, lower(hex(e.hash))`;

export function recordedEvent(identity: LogIdentity, row: EventRow): RecordedEvent {
  const [position, stream, revision, id, type, schema, time, data, meta, hash] = row;
  return {
    id: uuidText(id),
    stream,
    revision,
    position: positionText(identity, position),
    type,
    schema,
    time,
    data: JSON.parse(data),
    meta: JSON.parse(meta),
    hash,
  };
}

/** The 36 characters of a UUID of 32 hex digits. */
export function uuidText(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
