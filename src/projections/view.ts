import type { DomainEvent, EventCodec } from "../domain/event.ts";
import type { RecordedEvent } from "../domain/ports/event-store.ts";
import { readRecorded } from "../domain/read-recorded.ts";
import type { RowOf, SqlValue, Table, TableSet } from "./table.ts";

/** What a handler may do to a table whose rows are looked up. */
export interface TableRows<Row> {
  /** `key`: the values of the primary key's columns, in their order. */
  get(...key: readonly (string | number)[]): Row | undefined;
  /** Writes a row, over the one with the same key if there is one. */
  put(row: Row): void;
  delete(...key: readonly (string | number)[]): void;
}

/** What a handler may do to a table that only grows. */
export interface LogRows<Row> {
  insert(row: Row): void;
}

/** What a handler may do to a table of counts, none of which it sees. */
export interface TallyRows {
  /** Counts one row more (`by` 1) or less (-1) that has the value. */
  count(value: CountedValue, by: 1 | -1): void;
}

/** A value of a column of a collection. */
export interface CountedValue {
  readonly collection: string;
  readonly column: string;
  readonly value: SqlValue;
}

/** The tables of a view as its handlers see them. */
export type Rows<Tables extends TableSet> = {
  readonly [Name in keyof Tables]: Tables[Name] extends Table<infer _Columns, "log">
    ? LogRows<RowOf<Tables[Name]>>
    : Tables[Name] extends Table<infer _Columns, "tally">
      ? TallyRows
      : TableRows<RowOf<Tables[Name]>>;
};

/**
 * A read model: its tables, and what each event of the log does to them. It can be deleted at any time and
 * comes out of the log the same again, so `apply` sees no clock and nothing but the event and the rows.
 */
export interface View<Tables extends TableSet = TableSet> {
  /** Part of its file's name: lower case letters and dashes. */
  readonly name: string;
  /** Raise it when a table or a handler changes: a stored view of another version is rebuilt. */
  readonly version: number;
  /**
   * The oldest version whose rows this one's readers understand, so that they are shown until the view is rebuilt. Leave
   * it as it is when only a handler changed; take it out when a table, or what is in a column of JSON, did. (Default:
   * `version`, so that readers wait)
   */
  readonly rowsSince?: number;
  readonly tables: Tables;
  /**
   * `ordinal`: how many events the log holds before this one. An event that the view does not know is ignored:
   * a newer release may have written it.
   */
  apply(event: RecordedEvent, rows: Rows<Tables>, ordinal: number): void;
}

/** What each event that a view cares about does to it. Types that are not listed are ignored. */
export type EventHandlers<Event extends DomainEvent, TableRowsOfView> = {
  readonly [Type in Event["type"]]?: (
    event: RecordedEvent<Extract<Event, { type: Type }>>,
    rows: TableRowsOfView,
    ordinal: number,
  ) => void;
};

/** An `apply` that picks the handler by the event's type and gives it the data in today's shape. */
export function handling<Event extends DomainEvent, TableRowsOfView>(
  codec: EventCodec<Event>,
  handlers: EventHandlers<Event, TableRowsOfView>,
): (event: RecordedEvent, rows: TableRowsOfView, ordinal: number) => void {
  const read = trustedReader(codec);
  return (recorded, rows, ordinal) => {
    const event = read(recorded);
    // The key picks the handler of this very event, which the compiler cannot follow.
    if (event) handlers[event.type as Event["type"]]?.(event as never, rows, ordinal);
  };
}

/**
 * Reads events that the log holds without parsing them again: an event was parsed by its strict schema before
 * it was appended, and the log vouches by hash that it is unchanged. Parsing would halve the speed of a
 * rebuild. Only data of another schema version, which may need upcasting, takes the codec's way.
 *
 * `undefined`: the codec does not know the event. Another kind of stream has it, or a newer release wrote it.
 */
export function trustedReader<Event extends DomainEvent>(
  codec: EventCodec<Event>,
): (event: RecordedEvent) => RecordedEvent<Event> | undefined {
  const schemas = new Map(codec.definitions.map(({ type, schema }) => [type, schema]));
  return (event) => {
    const schema = schemas.get(event.type);
    if (schema === undefined) return undefined;
    if (schema === event.schema) return event as RecordedEvent<Event>;
    return readRecorded(codec, event);
  };
}
