import { type EventReader, EventStoreError, type LogPage } from "../../domain/ports/event-store.ts";
import type { HeadSignal } from "./head-signal.ts";
import { pageEventsMax } from "./page.ts";

export interface Followed {
  readonly readAll: EventReader["readAll"];
  readonly headSignal: HeadSignal;
  isClosed(): boolean;
}

type Subscription = Parameters<EventReader["subscribe"]>[0];

/**
 * A subscription is "read a page after my position; if there is none, wait until the log grows": catching up
 * and following live are the same act, so nothing is lost or doubled between them, and nothing is buffered.
 */
export function follow(followed: Followed, subscription: Subscription): AsyncIterable<LogPage> {
  return {
    [Symbol.asyncIterator]() {
      // A generator that waits cannot be told to return; its signal can.
      const stop = new AbortController();
      const signal = AbortSignal.any([subscription.signal, stop.signal]);
      const pages = pagesOf(followed, { ...subscription, signal });
      return {
        next: () => pages.next(),
        return() {
          stop.abort();
          return pages.return(undefined);
        },
      };
    },
  };
}

async function* pagesOf(
  followed: Followed,
  { after, filter, signal }: Subscription,
): AsyncGenerator<LogPage> {
  const ended = () => signal.aborted || followed.isClosed();
  const slice = { limit: pageEventsMax, ...(filter && { filter }) };
  let position = after;
  let told: LogPage["position"] | null = null;

  while (!ended()) {
    const { count } = followed.headSignal;
    const page = await readWhenPossible(followed, { after: position, ...slice }, signal);
    if (!page || signal.aborted) return;
    position = page.position;

    // A page that the filter left empty is news only at the end of the log.
    if (page.events.length > 0 || (page.caughtUp && position !== told)) {
      told = position;
      yield page;
    }
    if (page.caughtUp && !ended()) await followed.headSignal.after(count, signal);
  }
}

/** `undefined`: the log was closed. While it is unreadable this waits, because the log tells when it is again. */
async function readWhenPossible(
  { readAll, headSignal }: Followed,
  page: Parameters<Followed["readAll"]>[0],
  signal: AbortSignal,
): Promise<LogPage | undefined> {
  while (!signal.aborted) {
    const { count } = headSignal;
    try {
      return await readAll(page);
    } catch (error) {
      if (!(error instanceof EventStoreError)) throw error;
      if (error.code === "LOG_CLOSED") return undefined;
      if (error.code !== "LOG_UNREADABLE") throw error;
    }
    await headSignal.after(count, signal);
  }
  return undefined;
}
