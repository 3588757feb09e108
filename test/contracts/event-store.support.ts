import type {
  EventFilter,
  EventMeta,
  EventReader,
  EventStore,
  LogPage,
  NewEvent,
  Position,
  RecordedEvent,
} from "../../src/domain/ports/event-store.ts";

/** A store under test, which its suite closes, and how to make another one with a log of its own. */
export type CreateStore = (clock?: () => Date) => Promise<EventStore>;

export const meta: EventMeta = {
  actor: "user:ada",
  source: "test",
  $correlationId: "01920000-0000-7000-8000-00000000c0de",
  $causationId: "01920000-0000-7000-8000-00000000c0de",
};

let ids = 0;

/** UUIDs that no two events of a test run share. */
export function nextId(): string {
  return `01920000-0000-7000-8000-${String(++ids).padStart(12, "0")}`;
}

export function numbered(n: number, type = "Numbered"): NewEvent {
  return { id: nextId(), type, schema: 1, data: { n }, meta };
}

/** `count` events, numbered from 1. */
export function events(count: number): readonly NewEvent[] {
  return Array.from({ length: count }, (_, index) => numbered(index + 1));
}

/** Appends to a stream, whatever its revision. */
export function write(store: EventStore, stream: string, batch: readonly NewEvent[]) {
  return store.append(stream, { expectedRevision: "any", events: batch });
}

/** The whole log, read page by page. */
export async function readWhole(store: EventReader, filter?: EventFilter): Promise<readonly RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  let after: Position | undefined;
  for (;;) {
    const page: LogPage = await store.readAll({ after, limit: 1_000, ...(filter && { filter }) });
    all.push(...page.events);
    after = page.position;
    if (page.caughtUp) return all;
  }
}

/** An event as a plain object, to be compared: a store may read a member when it is asked for. */
export function plain(event: RecordedEvent): RecordedEvent {
  const { id, stream, revision, position, type, schema, time, data, meta, hash } = event;
  return { id, stream, revision, position, type, schema, time, data, meta, hash };
}

/** Follows the log until `count` events have come. */
export async function follow(
  store: EventReader,
  { count, after, filter }: { count: number; after?: Position; filter?: EventFilter },
): Promise<readonly RecordedEvent[]> {
  const seen: RecordedEvent[] = [];
  const { signal } = new AbortController();
  for await (const page of store.subscribe({ after, signal, ...(filter && { filter }) })) {
    seen.push(...page.events);
    if (seen.length >= count) break;
  }
  return seen;
}
