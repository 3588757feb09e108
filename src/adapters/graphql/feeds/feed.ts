import { abortWith } from "../../../abort-with.ts";
import type { Position } from "../../../domain/ports/event-store.ts";
import { internalError, visibleError } from "../errors.ts";
import { type Batch, batchesOf, type FeedLog, type Followed, type Gap } from "./batches.ts";

/** That a feed lives: how far it has looked. */
export interface FeedMark {
  readonly __typename: "CaughtUp" | "Heartbeat";
  readonly position: Position;
}

/** What a feed carries. */
export type FeedItem<Item> = Item | Gap | FeedMark;

/** What a feed needs besides what it shows. */
export interface FeedOptions {
  readonly log: FeedLog;
  /** How long a feed may be silent, milliseconds. */
  readonly heartbeatMs: number;
  /** Told of an error that the caller must not see. */
  readonly onFault: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/**
 * Follows the log for one subscriber, who pulls: a slow one is further behind, and what it costs is one page.
 * `begin`: what is followed; it is asked with the first pull, and what it refuses is told then.
 *
 * It is an iterator by hand because a generator that waits for the next page could not be told to return.
 */
export function feed<Item>(
  options: FeedOptions,
  begin: () => Followed<Item> | Promise<Followed<Item>>,
): AsyncIterableIterator<FeedItem<Item>> {
  const { log, heartbeatMs, onFault } = options;
  const stop = abortWith(options.signal);
  const { signal } = stop;
  const silence = createSilence(heartbeatMs, signal);
  const batches = batchesOf(begin, { log, signal });
  let position: Position | undefined;
  let behind = true;
  let items: FeedItem<Item>[] = [];
  let nextBatch: Promise<IteratorResult<Batch<Item>>> | undefined;

  /** The next batch, or `undefined` when none came before the heartbeat was due. The read goes on meanwhile. */
  async function batchBefore(due: Promise<undefined>): Promise<IteratorResult<Batch<Item>> | undefined> {
    nextBatch ??= batches.next();
    // Should it fail while nobody waits, whoever waits next is told.
    nextBatch.catch(() => undefined);
    const batch = await Promise.race([nextBatch, due]);
    if (batch) nextBatch = undefined;
    return batch;
  }

  function take(batch: Batch<Item>): void {
    position = batch.position;
    items = [...batch.items];
    if (batch.caughtUp && behind && position !== undefined) items.push({ __typename: "CaughtUp", position });
    behind = !batch.caughtUp;
  }

  async function nextBefore(due: Promise<undefined>): Promise<IteratorResult<FeedItem<Item>>> {
    while (!signal.aborted) {
      const item = items.shift();
      if (item) return { done: false, value: item };
      const batch = await batchBefore(due);
      if (batch?.done) break;
      if (batch) take(batch.value);
      else if (position !== undefined) return { done: false, value: { __typename: "Heartbeat", position } };
      else await nextBatch;
    }
    return { done: true, value: undefined };
  }

  return {
    async next() {
      try {
        return await nextBefore(silence.begins());
      } catch (error) {
        stop.abort();
        const visible = visibleError(error);
        if (!visible) onFault(error);
        throw visible ?? internalError();
      }
    },
    async return() {
      stop.abort();
      await batches.return(undefined);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Tells a feed, which waits once at a time, that it has been silent for too long. */
function createSilence(ms: number, signal: AbortSignal) {
  let tell = (): void => undefined;
  const timer = setTimeout(() => tell(), ms);
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();

  function end(): void {
    clearTimeout(timer);
    tell();
  }

  return {
    /** Resolves when nothing began anew for a time, or as soon as the signal aborts. */
    begins(): Promise<undefined> {
      if (signal.aborted) return Promise.resolve(undefined);
      timer.refresh();
      return new Promise((resolve) => {
        tell = () => resolve(undefined);
      });
    },
  };
}
