import { setTimeout as pause } from "node:timers/promises";
import {
  type EventFilter,
  type EventReader,
  isBefore,
  type LogPage,
  type Position,
} from "../../domain/ports/event-store.ts";
import { createHeadSignal } from "./head-signal.ts";
import { keptPages } from "./kept-pages.ts";
import { stoppable } from "./stoppable.ts";

/**
 * How long the log is not read on for those who have yet to take what is about to be dropped, milliseconds. Under load
 * all who follow do in turn, and each that fell behind would read and decode the log for itself. One that stands still
 * is waited for once.
 */
const slowestMsMax = 500;

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
  const follower = tail.join(after);
  try {
    while (!signal.aborted && tail.reaches(follower.position)) {
      const { count } = tail.grown;
      const page = tail.take(follower, filter);
      if (page) yield page;
      else await tail.grown.after(count, signal);
    }
    return follower.position;
  } finally {
    tail.leave(follower);
  }
}

/** Somebody who takes pages of a tail. */
interface Follower {
  /** Of the newest event that was taken. */
  position: Position | undefined;
}

/** The newest events of the log, and what comes. */
interface Tail {
  /** Raised with every page, and when the tail ends. */
  readonly grown: ReturnType<typeof createHeadSignal>;
  readonly isLive: boolean;
  /** Whether it lives and has every event behind this position. */
  reaches(position: Position | undefined): boolean;
  join(position: Position | undefined): Follower;
  /** What the filter lets through of the events that the follower has yet to take; `undefined`: none has come. */
  take(follower: Follower, filter: EventFilter | undefined): LogPage | undefined;
  leave(follower: Follower): void;
  stop(): void;
}

/** Follows the log from a position on. */
function followTail(reader: EventReader, start: Position | undefined, pauseMsMax: number): Tail {
  const stopping = new AbortController();
  const grown = createHeadSignal();
  const taken = createHeadSignal();
  const followers = new Set<Follower>();
  const kept = keptPages(start);
  let isLive = true;

  const reaches = (position: Position | undefined) => isLive && !isBefore(position, kept.begin);

  async function takenByAll(end: Position, signal: AbortSignal): Promise<void> {
    const isLate = ({ position }: Follower) => reaches(position) && isBefore(position, end);
    while (!signal.aborted && [...followers].some(isLate)) await taken.after(taken.count, signal);
  }

  async function dropSurplus(): Promise<void> {
    if (kept.surplus === undefined) return;
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(slowestMsMax)]);
    for (let end = kept.surplus; end !== undefined; end = kept.surplus) {
      await takenByAll(end, signal);
      kept.dropOldest();
    }
  }

  async function run(): Promise<void> {
    try {
      for await (const page of reader.subscribe({ after: start, signal: stopping.signal })) {
        kept.add(page);
        grown.raise();
        await dropSurplus();
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
    reaches,
    join(position) {
      const follower = { position };
      followers.add(follower);
      return follower;
    },
    take(follower, filter) {
      const page = kept.after(follower.position, filter);
      if (!page) return undefined;
      follower.position = page.position;
      taken.raise();
      return page;
    },
    leave(follower) {
      followers.delete(follower);
      taken.raise();
    },
    stop: () => stopping.abort(),
  };
}
