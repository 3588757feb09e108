import type { EventFilter, EventReader, LogPage, Position } from "../../../domain/ports/event-store.ts";

/** The log as a feed needs it. */
export type FeedLog = Pick<EventReader, "subscribe">;

/** What a feed shows of the log. */
export interface Followed<Item> {
  /** Exclusive; `undefined`: from the beginning. */
  readonly after: Position | undefined;
  /** What the log can leave out by itself. (Default: nothing) */
  readonly filter?: EventFilter | undefined;
  /** What comes before everything else. (Default: nothing) */
  readonly first?: Shown<Item>;
  /** What a page of the log is in this feed. */
  readonly show: (page: LogPage) => Shown<Item> | Promise<Shown<Item>>;
  /** Where a feed that stands here goes on because it is too far behind; `undefined`: it goes on from here. */
  readonly skipTo: (position: Position | undefined) => Promise<Position | undefined>;
}

interface Following {
  readonly log: FeedLog;
  readonly signal: AbortSignal;
}

/** What a page of the log is in a feed. */
export interface Shown<Item> {
  readonly items: readonly Item[];
  /** Whether nothing can come after them. (Default: more can) */
  readonly isLast?: boolean;
}

/** That a feed left something out, and goes on behind it. */
export interface Gap {
  readonly __typename: "Gap";
  /** `undefined`: the beginning of the log. */
  readonly from: Position | undefined;
  readonly to: Position;
  readonly position: Position;
}

/** What a feed brings at once. `position`: how far it has looked then. */
export interface Batch<Item> extends Pick<LogPage, "position" | "caughtUp"> {
  readonly items: readonly (Item | Gap)[];
}

/**
 * Reads the log for a feed, page by page as they are asked for. The first batch tells where it begins.
 *
 * @throws what `begin` and `show` throw, and EventStoreError `POSITION_UNKNOWN`
 */
export async function* batchesOf<Item>(
  begin: () => Followed<Item> | Promise<Followed<Item>>,
  following: Following,
): AsyncGenerator<Batch<Item>, undefined, undefined> {
  const followed = await begin();
  const { after, first, skipTo } = followed;
  yield { items: first?.items ?? [], position: after, caughtUp: false };
  if (first?.isLast) return;
  let position = after;
  while (!following.signal.aborted) {
    const to = await skipTo(position);
    if (to !== undefined) {
      const gap = { __typename: "Gap", from: position, to, position: to } as const;
      yield { items: [gap], position: to, caughtUp: false };
      position = to;
    }
    const behind = yield* pagesFrom(position, followed, following);
    if (!behind) return;
    position = behind.position;
  }
}

/** Pages until the feed is so far behind that it has to skip. `undefined`: there are no more. */
async function* pagesFrom<Item>(
  after: Position | undefined,
  { filter, show, skipTo }: Followed<Item>,
  { log, signal }: Following,
): AsyncGenerator<Batch<Item>, LogPage | undefined, undefined> {
  for await (const page of log.subscribe({ after, signal, ...(filter && { filter }) })) {
    const { items, isLast = false } = await show(page);
    yield { items, position: page.position, caughtUp: page.caughtUp };
    if (isLast) return undefined;
    if (!page.caughtUp && (await skipTo(page.position)) !== undefined) return page;
  }
  return undefined;
}
