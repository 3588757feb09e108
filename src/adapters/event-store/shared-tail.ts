import { setTimeout as pause } from "node:timers/promises";
import type {
  EventFilter,
  EventReader,
  LogPage,
  Position,
  RecordedEvent,
} from "../../domain/ports/event-store.ts";
import { passes } from "./event-filter.ts";
import { createHeadSignal } from "./head-signal.ts";
import { stoppable } from "./stoppable.ts";

/** Events that are kept for whoever follows. */
const eventsMax = 1_000;

/** What the data of those events has as JSON, in UTF-16 units: one event may have a million. */
const textMax = 8_000_000;

type Subscription = Parameters<EventReader["subscribe"]>[0];

export interface SharedTailOptions {
  /**
   * Longest time between two pages of live events, milliseconds. After a page it is as many as the page has events: an
   * event among few is shown at once, and many that come one by one are shown together, which costs whoever follows a
   * fraction. (Default: 0)
   */
  readonly pauseMsMax?: number;
}

/**
 * A reader of the same log whose live subscriptions share one: the newest events are read and decoded once, and
 * whoever follows takes them from memory. One that is further behind reads the log by itself until it is not.
 *
 * The log is followed for them as long as there is one.
 */
export function sharedTail<Reader extends EventReader>(
  reader: Reader,
  { pauseMsMax = 0 }: SharedTailOptions = {},
): Reader {
  let users = 0;
  let tail: Tail | undefined;

  /** The tail for one who has caught up with the log at this position. */
  function tailFrom(position: Position | undefined): Tail {
    if (!tail?.isLive) tail = followTail(reader, position, pauseMsMax);
    return tail;
  }

  async function* pagesOf(subscription: Subscription): AsyncGenerator<LogPage> {
    const { signal } = subscription;
    let { after } = subscription;
    users++;
    try {
      while (!signal.aborted) {
        const caught = yield* ownPages(reader, { ...subscription, after });
        if (!caught) return;
        after = yield* sharedPages(tailFrom(caught.position), { ...subscription, after: caught.position });
      }
    } finally {
      users--;
      if (users === 0) tail?.stop();
    }
  }

  return {
    ...reader,
    subscribe: (subscription) =>
      stoppable(subscription.signal, (signal) => pagesOf({ ...subscription, signal })),
  };
}

/** Pages of the log itself up to its end. Returns the last of them; `undefined`: the log closed before. */
async function* ownPages(
  reader: EventReader,
  subscription: Subscription,
): AsyncGenerator<LogPage, LogPage | undefined> {
  for await (const page of reader.subscribe(subscription)) {
    yield page;
    if (page.caughtUp) return page;
  }
  return undefined;
}

/** Pages of the tail, until whoever takes them has fallen behind it. Returns how far they came. */
async function* sharedPages(
  tail: Tail,
  { after, filter, signal }: Subscription,
): AsyncGenerator<LogPage, Position | undefined> {
  let position = after;
  while (!signal.aborted && tail.reaches(position)) {
    const { count } = tail.grown;
    const page = tail.pageAfter(position, filter);
    if (!page) {
      await tail.grown.after(count, signal);
      continue;
    }
    position = page.position;
    yield page;
  }
  return position;
}

/** The newest events of the log, and what comes. */
interface Tail {
  /** Raised with every page, and when the tail ends. */
  readonly grown: ReturnType<typeof createHeadSignal>;
  readonly isLive: boolean;
  /** Whether it lives and has every event behind this position. */
  reaches(position: Position | undefined): boolean;
  /** What the filter lets through of the events behind a position; `undefined`: none has come yet. */
  pageAfter(position: Position | undefined, filter: EventFilter | undefined): LogPage | undefined;
  stop(): void;
}

/** Follows the log from a position on. */
function followTail(reader: EventReader, start: Position | undefined, pauseMsMax: number): Tail {
  const stopping = new AbortController();
  const grown = createHeadSignal();
  const kept: { readonly event: RecordedEvent; readonly length: number }[] = [];
  let length = 0;
  let isLive = true;
  /** Behind this everything is kept. */
  let begin = start;
  let end = start;

  function keep(event: RecordedEvent): void {
    const size = JSON.stringify(event.data).length;
    kept.push({ event, length: size });
    length += size;
  }

  function dropOldest(): void {
    const dropped = kept.shift();
    begin = dropped?.event.position;
    length -= dropped?.length ?? 0;
  }

  function take(page: LogPage): void {
    for (const event of page.events) keep(event);
    while (kept.length > eventsMax || length > textMax) dropOldest();
    end = page.position;
    grown.raise();
  }

  async function run(): Promise<void> {
    try {
      for await (const page of reader.subscribe({ after: start, signal: stopping.signal })) {
        take(page);
        const pauseMs = page.caughtUp ? Math.min(page.events.length, pauseMsMax) : 0;
        if (pauseMs > 0) await pause(pauseMs, undefined, { signal: stopping.signal });
      }
    } finally {
      isLive = false;
      grown.raise();
    }
  }

  // Whoever followed through here reads the log alone then, and meets what this has met.
  run().catch(() => undefined);

  return {
    grown,
    get isLive() {
      return isLive;
    },
    reaches: (position) => isLive && !isBefore(position, begin),
    pageAfter(position, filter) {
      if (!isBefore(position, end)) return undefined;
      const last = kept.findLastIndex(({ event }) => !isBefore(position, event.position));
      const events = kept.slice(last + 1).map(({ event }) => event);
      return {
        events: filter ? events.filter((event) => passes(event, filter)) : events,
        position: end,
        caughtUp: true,
      };
    },
    stop: () => stopping.abort(),
  };
}

/** Positions of one log order as text; `undefined` is before the first event. */
function isBefore(position: Position | undefined, other: Position | undefined): boolean {
  return other !== undefined && (position === undefined || position < other);
}
