import {
  type EventReader,
  EventStoreError,
  type LogPage,
  type Position,
} from "../../domain/ports/event-store.ts";
import type { HeadSignal } from "./head-signal.ts";
import { pageEventsMax } from "./page.ts";
import { stoppable } from "./stoppable.ts";

export interface Followed {
  readonly readAll: EventReader["readAll"];
  readonly headSignal: HeadSignal;
  isClosed(): boolean;
  /**
   * The last event that follows on a position with nothing but events in between that who appended them applied;
   * `isEnd`: nothing is known to be behind it. (Default: all of the log is read)
   */
  passApplied?(after: Position | undefined): {
    readonly position: Position | undefined;
    readonly isEnd: boolean;
  };
}

type Subscription = Parameters<EventReader["subscribe"]>[0];

/**
 * A subscription is "read a page after my position; if there is none, wait until the log grows": catching up
 * and following live are the same act, so nothing is lost or doubled between them, and nothing is buffered.
 */
export function follow(followed: Followed, subscription: Subscription): AsyncIterable<LogPage> {
  return stoppable(subscription.signal, (signal) => pagesOf(followed, { ...subscription, signal }));
}

async function* pagesOf(followed: Followed, subscription: Subscription): AsyncGenerator<LogPage> {
  const { signal } = subscription;
  const ended = () => signal.aborted || followed.isClosed();
  let position = subscription.after;
  let told: LogPage["position"] | null = null;

  while (!ended()) {
    const { count } = followed.headSignal;
    const page = await nextPage(followed, { ...subscription, after: position }, told !== null);
    if (page === "closed" || signal.aborted) return;
    if (page !== "nothing") position = page.position;

    // A page that the filter left empty is news only at the end of the log.
    if (page !== "nothing" && (page.events.length > 0 || (page.caughtUp && position !== told))) {
      told = position;
      yield page;
    }
    if ((page === "nothing" || page.caughtUp) && !ended()) await followed.headSignal.after(count, signal);
  }
}

/** `nothing`: behind the position is nothing but what its writer applied. Not asked before the first page. */
async function nextPage(
  followed: Followed,
  { after, filter, signal, withoutApplied = false }: Subscription,
  isUnderWay: boolean,
): Promise<LogPage | "nothing" | "closed"> {
  const passed = withoutApplied && isUnderWay ? followed.passApplied?.(after) : undefined;
  if (passed?.isEnd) return "nothing";
  const page = { after: passed ? passed.position : after, limit: pageEventsMax, ...(filter && { filter }) };
  return (await readWhenPossible(followed, page, signal)) ?? "closed";
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
