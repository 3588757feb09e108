import type { LogIdentity } from "../../adapters/event-store/position.ts";
import type { Restored } from "../../adapters/event-store/sqlite/fence.ts";
import type { CheckedEvent } from "../../proof/check-chains.ts";

/** An event as it is in every store, its id with dashes. Where it stands in the log is told by the order. */
export type MovedEvent = Omit<CheckedEvent, "position">;

/** Events in the order of the log, many at a time. */
export type MovedPages = AsyncIterable<readonly MovedEvent[]>;

/** A log that is to be moved. Nobody writes it meanwhile. */
export interface MigrationSource {
  /** For people: no password is in it. */
  readonly place: string;
  readonly identity: LogIdentity;
  /** Where it was moved to before; `undefined`: nowhere, as far as it knows. */
  readonly movedTo: string | undefined;
  /** How many events it has, where that is known without reading them. */
  readonly size: number | undefined;
  pages(): MovedPages;
  /** Marks that it goes on elsewhere: no service starts on it any more, unless somebody takes it back. */
  leave(to: string): Promise<void>;
  close(): Promise<void>;
}

/** Where a log goes. Until `finish` no service starts on it. */
export interface MigrationTarget {
  /** For people: no password is in it. */
  readonly place: string;
  /** What is there: of an attempt that was cut short, and later what was written. */
  pages(): MovedPages;
  /** Writes the events that come next. */
  write(events: readonly MovedEvent[]): Promise<void>;
  /** Makes a log of it that continues the other, fenced. */
  finish(identity: LogIdentity, restored: Restored): Promise<void>;
  close(): Promise<void>;
}
