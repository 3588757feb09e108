import { type EventReader, isBefore, type Position } from "../domain/ports/event-store.ts";
import type { ViewFile } from "./view-file.ts";

/** Rows that may wait while a view catches up. Many, because a row that changes often is then written once. */
const pendingRowsMax = 10_000;
const pageEvents = 1_000;

export interface Following {
  readonly reader: EventReader;
  /** The view stands still, flushed, once the promise of `follow` settles after this aborted. */
  readonly signal: AbortSignal;
  /** Told after each page how many events the view has. */
  readonly onPage: (events: number) => void;
  /** After each flush. `caughtUp`: the view then had everything that was in the log. */
  readonly onFlushed: (caughtUp: boolean) => void;
}

/**
 * Applies the log to the view, past events and then new ones, until the signal aborts or the log closes.
 *
 * @throws PoisonedEventError
 * @throws EventStoreError `POSITION_UNKNOWN` when the view is not of this log
 */
export async function follow(
  file: ViewFile,
  { reader, signal, onPage, onFlushed }: Following,
): Promise<void> {
  for await (const page of reader.subscribe({ after: file.position(), signal })) {
    file.apply(page.events);
    onPage(file.events());
    if (page.caughtUp || file.pending() >= pendingRowsMax) {
      await file.flush();
      onFlushed(page.caughtUp);
    }
    if (signal.aborted) break;
  }
  await file.flush();
}

export interface Reading {
  readonly reader: EventReader;
  readonly signal: AbortSignal;
  /** Told after each page how many events the view has. */
  readonly onPage: (events: number) => void;
}

/** Applies what is in the log now, and ends. @throws as `follow`, or the reason of the abort */
export async function readToEnd(file: ViewFile, { reader, signal, onPage }: Reading): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const page = await reader.readAll({ after: file.position(), limit: pageEvents });
    file.apply(page.events);
    onPage(file.events());
    if (page.caughtUp || file.pending() >= pendingRowsMax) await file.flush();
    if (page.caughtUp) return;
  }
}

/** Applies what is in the log up to and including a position. Does nothing to a view that is there already. */
export async function advanceTo(
  file: ViewFile,
  reader: EventReader,
  target: Position | undefined,
): Promise<void> {
  while (isBefore(file.position(), target)) {
    const page = await reader.readAll({ after: file.position(), limit: pageEvents });
    const events = page.events.filter(({ position }) => !isBefore(target, position));
    if (events.length === 0) throw new Error(`the log ends before ${target}`);
    file.apply(events);
  }
  await file.flush();
}
