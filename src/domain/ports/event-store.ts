import type { DomainEvent } from "../event.ts";

/** Who did it, through what, and why. Never part of `data`, never a secret. */
export interface EventMeta {
  /** Who is responsible, as authenticated: `user:ada`, `machine:<id>`, `system`; `client:<mac>` is only a claim. */
  readonly actor: string;
  /** The part of the service that spoke: `graphql`, `dhcp`, `tftp`, `boot`, `agent`, `system`. */
  readonly source: string;
  /** The first cause: the same for everything that followed from it. A boot's or a run's id is one. */
  readonly $correlationId: string;
  /** The event or request that led directly to this event. */
  readonly $causationId: string;
  /** Why, in the words of the person who asked. */
  readonly reason?: string;
  /** The network address that the request came from. */
  readonly sourceAddress?: string;
  /** W3C Trace Context, when the request carried one. */
  readonly traceparent?: string;
}

/** A fact on its way to the log. */
export type NewEvent<Event extends DomainEvent = DomainEvent> = Event & {
  /** UUIDv7, or UUIDv8 where it is derived from a cause, so that a retry makes the same id. */
  readonly id: string;
  readonly schema: number;
  readonly meta: EventMeta;
};

/**
 * A fact in the log. A store may read `data` and `meta` when they are asked for, and a spread leaves such ones behind: copy
 * it by the names of its members, as `readRecorded` does.
 */
export type RecordedEvent<Event extends DomainEvent = DomainEvent> = NewEvent<Event> & {
  readonly stream: string;
  /** Place in its own stream; the first event is 0. */
  readonly revision: number;
  /** Place in the whole log. Opaque: hand it back to the store, compare as text, never compute with it. */
  readonly position: Position;
  /** When the store accepted it, in milliseconds since 1970 UTC; never less than the event before. */
  readonly time: number;
  /** SHA-256 over this event and the hash of the event before it in its stream, in lower case hex. */
  readonly hash: string;
};

/** `<logId>.<incarnation>.<fixed-width hex>`; within one incarnation of one log it orders as text. */
export type Position = string;

/** Positions of one log order as text; `undefined` is before the first event. */
export function isBefore(position: Position | undefined, other: Position | undefined): boolean {
  return other !== undefined && (position === undefined || position < other);
}

/** The revision a stream must have for an append to happen. `"no-stream"`: it must not exist yet. */
export type StreamRevision = number | "no-stream";

/** `"any"` is for observations only: facts that nobody decides about. */
export type ExpectedRevision = StreamRevision | "any";

export type AppendResult =
  | {
      readonly outcome: "appended";
      /** Of the last event of the batch. */
      readonly revision: number;
      /** Of the last event of the batch. */
      readonly position: Position;
      /** The one time that the whole batch got. */
      readonly time: number;
    }
  /** Someone else appended since the caller read. Read again and decide again. */
  | { readonly outcome: "conflict"; readonly actualRevision: StreamRevision };

export interface StreamSlice {
  /** The first revision to return. (Default: 0) */
  readonly from?: number;
  /** Most events to return, the oldest of them. (Default: all) */
  readonly limit?: number;
  /** Only the newest event, for streams whose state is their newest event. (Default: false) */
  readonly newestOnly?: boolean;
  /**
   * Events that were archived, all of them more than a week old, may be left out, but never the newest of the stream.
   * (Default: false)
   */
  readonly withoutArchived?: boolean;
}

/** Which events of the log. All given conditions must hold; an empty filter is every event. */
export interface EventFilter {
  /** The part of the stream's name before its first dash: `machine`, `address`. */
  readonly categories?: readonly string[];
  readonly streams?: readonly string[];
  readonly types?: readonly string[];
}

export interface LogPage {
  readonly events: readonly RecordedEvent[];
  /**
   * How far into the log the page looked: events that the filter left out count. Read on from here.
   * `undefined` only when the log is empty.
   */
  readonly position: Position | undefined;
  /** True when the page reached the end of the log as it was when it was read. */
  readonly caughtUp: boolean;
}

export interface ReadAll {
  /** Exclusive. `undefined`: from the beginning. */
  readonly after: Position | undefined;
  /** Most events in a page, 1 to 1,000. */
  readonly limit: number;
  readonly filter?: EventFilter;
}

/** What reads the log. */
export interface EventReader {
  /** Events of one stream, oldest first. A stream that does not exist is empty, not an error. */
  readStream(stream: string, slice?: StreamSlice): Promise<readonly RecordedEvent[]>;

  /**
   * A page of the whole log in its order.
   *
   * @throws EventStoreError `POSITION_UNKNOWN`
   */
  readAll(page: ReadAll): Promise<LogPage>;

  /**
   * Catch-up pages, then live ones, without loss or duplicate between them. The reader pulls: a slow one is
   * simply further behind and holds no memory here. A page without events tells that the reader has caught up.
   * Ends when `signal` aborts or the store closes; waits while the log is unreadable.
   *
   * @throws EventStoreError `POSITION_UNKNOWN`
   */
  subscribe(subscription: {
    readonly after: Position | undefined;
    readonly filter?: EventFilter;
    /** Events that this store appended as `isApplied` may be left out. (Default: false) */
    readonly withoutApplied?: boolean;
    readonly signal: AbortSignal;
  }): AsyncIterable<LogPage>;

  /** The position of the newest event; `undefined` when the log is empty. */
  head(): Promise<Position | undefined>;
}

/** What one decision on one stream produced. */
export interface AppendBatch {
  readonly expectedRevision: ExpectedRevision;
  readonly events: readonly NewEvent[];
  /**
   * The caller puts the events to use by itself, as soon as it knows that they were appended: a subscription of this
   * store that asks for it is spared reading them back. (Default: false)
   */
  readonly isApplied?: boolean;
}

/** The log. Every adapter passes `test/contracts/event-store.contract.ts`. */
export interface EventStore extends EventReader {
  /**
   * Appends what one decision on one stream produced: all of it or nothing. Resolves when it is durable.
   * The same event ids again, at the revision where they are, answer as the first time.
   *
   * @throws EventStoreError
   */
  append(stream: string, batch: AppendBatch): Promise<AppendResult>;

  /** Commits what was accepted, refuses what comes later. */
  close(): Promise<void>;
}

/** Why the log did not do what it was asked. */
export type EventStoreErrorCode =
  /** The position is of another log, of another incarnation, or beyond the end. */
  | "POSITION_UNKNOWN"
  /** An event id is in the log already, elsewhere. A bug of the caller. */
  | "DUPLICATE_EVENT_ID"
  /** An event is larger than 1 MiB, or a name is longer than allowed. */
  | "EVENT_TOO_LARGE"
  /** An event holds what JSON cannot say, such as half of a surrogate pair. A bug of the caller. */
  | "EVENT_NOT_JSON"
  /** More is queued than the store accepts; nothing was appended. Worth retrying later. */
  | "LOG_OVERLOADED"
  /**
   * The disk is full or failing; nothing is acknowledged until it recovered. An append that met the failure may
   * be in the log all the same: sending the same event ids again is safe.
   */
  | "LOG_READ_ONLY"
  /** The disk is failing, and the files could not be opened anew yet: nothing can be read. Worth retrying. */
  | "LOG_UNREADABLE"
  /** What was asked for is in an archive that is not there, or is not as it was sealed. All else goes on. */
  | "LOG_ARCHIVE_MISSING"
  /**
   * The service is stopping, or lost its log. What was asked for later was not appended; of an append under way
   * that is unknown, and sending the same event ids again is safe.
   */
  | "LOG_CLOSED"
  /** Another process holds the log. */
  | "LOG_LOCKED"
  /** The files are not a log of ours, or are damaged. */
  | "LOG_DAMAGED"
  /** A newer release wrote the log. */
  | "LOG_NEWER"
  /** The log was moved to another store, and goes on there. */
  | "LOG_MOVED";

export class EventStoreError extends Error {
  override readonly name = "EventStoreError";
  readonly code: EventStoreErrorCode;

  constructor(code: EventStoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
