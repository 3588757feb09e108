import type {
  EventFilter,
  EventReader,
  LogPage,
  Position,
  RecordedEvent,
} from "../../domain/ports/event-store.ts";
import { internalError, visibleError } from "./errors.ts";

/** That a feed lives: how far it has looked. */
export interface FeedMark {
  readonly __typename: "CaughtUp" | "Heartbeat";
  readonly position: Position;
}

/** What a feed carries. */
export type FeedItem = RecordedEvent | FeedMark;

export interface FeedOptions {
  readonly reader: EventReader;
  /** Exclusive; `undefined`: from the beginning. */
  readonly after: Position | undefined;
  /** What the log can leave out by itself. */
  readonly filter: EventFilter;
  /** What else an event must be. */
  readonly accepts: (event: RecordedEvent) => boolean;
  /** How long a feed may be silent, milliseconds. */
  readonly heartbeatMs: number;
  readonly signal: AbortSignal;
  /** Told of an error that the caller must not see. */
  readonly onFault: (error: unknown) => void;
}

/**
 * Follows the log for one subscriber, who pulls: a slow one is further behind, and what it costs is one page.
 *
 * It is an iterator by hand because a generator that waits for the next page could not be told to return.
 */
export function eventFeed(options: FeedOptions): AsyncIterableIterator<FeedItem> {
  const { reader, after, filter, accepts, heartbeatMs, onFault } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const pages = reader.subscribe({ after, filter, signal })[Symbol.asyncIterator]();
  let position = after;
  let behind = true;
  let items: FeedItem[] = [];
  let nextPage: Promise<IteratorResult<LogPage>> | undefined;

  /** The next page, or `undefined` when none came before the heartbeat was due. The read goes on meanwhile. */
  async function pageBefore(due: Promise<undefined>): Promise<IteratorResult<LogPage> | undefined> {
    nextPage ??= pages.next();
    // Should it fail while nobody waits, whoever waits next is told.
    nextPage.catch(() => undefined);
    const page = await Promise.race([nextPage, due]);
    if (page) nextPage = undefined;
    return page;
  }

  function take(page: LogPage): void {
    position = page.position;
    items = page.events.filter(accepts);
    if (page.caughtUp && behind && position !== undefined) items.push({ __typename: "CaughtUp", position });
    behind = !page.caughtUp;
  }

  async function nextBefore(due: Promise<undefined>): Promise<IteratorResult<FeedItem>> {
    while (!signal.aborted) {
      const item = items.shift();
      if (item) return { done: false, value: item };
      const page = await pageBefore(due);
      if (page?.done) break;
      if (page) take(page.value);
      else if (position !== undefined) return { done: false, value: { __typename: "Heartbeat", position } };
      else await nextPage;
    }
    return { done: true, value: undefined };
  }

  return {
    async next() {
      const silence = silenceOf(heartbeatMs, signal);
      try {
        return await nextBefore(silence.over);
      } catch (error) {
        stop.abort();
        const visible = visibleError(error);
        if (!visible) onFault(error);
        throw visible ?? internalError();
      } finally {
        silence.end();
      }
    },
    async return() {
      stop.abort();
      await pages.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** `over` resolves after a time, or as soon as the signal aborts, or when it is ended. */
function silenceOf(ms: number, signal: AbortSignal) {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(end, ms);
  signal.addEventListener("abort", end);
  function end(): void {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    resolve(undefined);
  }
  if (signal.aborted) end();
  return { over: promise, end };
}
