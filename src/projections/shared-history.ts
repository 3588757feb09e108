import type { EventReader, LogPage, Position } from "../domain/ports/event-store.ts";

/** Pages that are kept: how far one view may be ahead of another that is built at the same time. */
const pagesMax = 4;
const pageEvents = 1_000;

/** A reader for views that are built at the same time. */
export interface SharedHistory {
  readonly reader: EventReader;
  /** Lets subscriptions begin, together: those that start where another has long been read the log alone. */
  begin(): void;
}

/**
 * A reader of the same log whose subscriptions share what they read until they have caught up: each page is read
 * and decoded once for all that come by, and who is ahead waits for who is a few pages behind.
 */
export function sharedHistory(reader: EventReader): SharedHistory {
  const shared = sharedPages(reader);
  const begun = Promise.withResolvers<void>();

  /** Pages up to the end of the log, or until one cannot be read. Returns where to go on. */
  async function* past(
    after: Position | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<LogPage, Position | undefined> {
    const reading = shared.join(after, signal);
    try {
      while (!signal.aborted) {
        // Who goes on alone meets what this has met.
        const page = await shared.next(reading).catch(() => undefined);
        if (!page) break;
        yield page;
        if (page.caughtUp) break;
      }
      return reading.after;
    } finally {
      shared.leave(reading);
    }
  }

  async function* pagesOf(subscription: Parameters<EventReader["subscribe"]>[0]): AsyncGenerator<LogPage> {
    await begun.promise;
    const after = yield* past(subscription.after, subscription.signal);
    if (!subscription.signal.aborted) yield* reader.subscribe({ ...subscription, after });
  }

  return {
    reader: {
      ...reader,
      subscribe: (subscription) =>
        subscription.filter ? reader.subscribe(subscription) : pagesOf(subscription),
    },
    begin: () => begun.resolve(),
  };
}

/** Somebody who reads the log and has not caught up. */
interface Reading {
  /** Where the next page begins. */
  after: Position | undefined;
  readonly signal: AbortSignal;
}

/** The newest pages that somebody read, for others who come by. */
function sharedPages(reader: EventReader) {
  const readings = new Set<Reading>();
  const pages: { readonly after: Position | undefined; readonly page: Promise<LogPage> }[] = [];
  let moved = Promise.withResolvers<void>();

  /** Whoever waits looks again. */
  function move(): void {
    moved.resolve();
    moved = Promise.withResolvers();
  }

  const known = (reading: Reading) => pages.find(({ after }) => after === reading.after)?.page;

  /** Whether somebody else is about to take the page that the next one would drive out. */
  function isAhead(reading: Reading): boolean {
    const oldest = pages.length === pagesMax ? pages[0] : undefined;
    const wanted = (each: Reading) => each !== reading && each.after === oldest?.after;
    return oldest !== undefined && [...readings].some(wanted);
  }

  function read({ after }: Reading): Promise<LogPage> {
    const page = reader.readAll({ after, limit: pageEvents });
    if (pages.length === pagesMax) pages.shift();
    pages.push({ after, page });
    return page;
  }

  return {
    join(after: Position | undefined, signal: AbortSignal): Reading {
      const reading = { after, signal };
      readings.add(reading);
      signal.addEventListener("abort", move);
      return reading;
    },
    /** The next page. Once the signal aborted it no longer waits for others. */
    async next(reading: Reading): Promise<LogPage> {
      while (!(reading.signal.aborted || known(reading)) && isAhead(reading)) await moved.promise;
      const page = await (known(reading) ?? read(reading));
      reading.after = page.position;
      move();
      return page;
    },
    leave(reading: Reading): void {
      reading.signal.removeEventListener("abort", move);
      readings.delete(reading);
      if (readings.size === 0) pages.length = 0;
      move();
    },
  };
}
