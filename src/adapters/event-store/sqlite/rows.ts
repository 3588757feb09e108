import type { EventMeta, Position, RecordedEvent } from "../../../domain/ports/event-store.ts";
import type { CheckedEvent } from "../../../proof/check-chains.ts";
import { type LogIdentity, positionText } from "../position.ts";

/** Events of a log as it is stored that are read at once. */
export const pageEvents = 1_000;

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
  return new StoredEvent(identity, row);
}

/**
 * Its JSON is parsed when somebody looks at it: of most events a view needs less than there is, and nearly none looks at
 * `meta`. That is a third of the time of a rebuild.
 */
class StoredEvent implements RecordedEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly type: string;
  readonly schema: number;
  readonly time: number;
  readonly hash: string;
  private readonly dataText: string;
  private readonly metaText: string;
  #data: object | undefined;
  #meta: EventMeta | undefined;

  constructor(identity: LogIdentity, row: EventRow) {
    const [position, stream, revision, id, type, schema, time, data, meta, hash] = row;
    this.id = uuidText(id);
    this.stream = stream;
    this.revision = revision;
    this.position = positionText(identity, position);
    this.type = type;
    this.schema = schema;
    this.time = time;
    this.hash = hash;
    this.dataText = data;
    this.metaText = meta;
  }

  get data(): object {
    this.#data ??= JSON.parse(this.dataText) as object;
    return this.#data;
  }

  get meta(): EventMeta {
    this.#meta ??= JSON.parse(this.metaText) as EventMeta;
    return this.#meta;
  }
}

/** An event as it is verified. */
export function checkedEvent(row: EventRow): CheckedEvent {
  const [position, stream, revision, id, type, schema, time, data, meta, hash] = row;
  return { position, stream, revision, id, type, schema, time, data, meta, hash };
}

/** The 36 characters of a UUID of 32 hex digits. */
export function uuidText(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
