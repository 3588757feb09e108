import type { EventReader, Position, RecordedEvent } from "../../domain/ports/event-store.ts";
import type { EventsIndexReader } from "../../projections/views/events-index-reader.ts";

/** Of a page of the log. */
const pageSize = 1_000;

/** Where an event is, as an index knows it. */
export interface IndexedEvent {
  readonly ordinal: number;
  readonly id: string;
  readonly stream: string;
  readonly type: string;
}

interface Sources {
  readonly log: EventReader;
  readonly events: Pick<EventsIndexReader, "positionBefore">;
}

/**
 * Reads the events that an index found, in the order of `indexed`, which is the order of the log.
 *
 * One reading from the first to the last of them: the log leaves out other streams and types by itself.
 *
 * @throws Error when the log lacks one of them, which the index says it holds
 */
export async function loadEvents(
  { log, events }: Sources,
  indexed: readonly IndexedEvent[],
): Promise<readonly RecordedEvent[]> {
  const [first] = indexed;
  if (!first) return [];
  const wanted = new Set(indexed.map(({ id }) => id));
  const filter = {
    streams: [...new Set(indexed.map(({ stream }) => stream))],
    types: [...new Set(indexed.map(({ type }) => type))],
  };
  const found: RecordedEvent[] = [];
  let after: Position | undefined = events.positionBefore(first.ordinal);
  while (found.length < indexed.length) {
    const page = await log.readAll({ after, limit: pageSize, filter });
    found.push(...page.events.filter(({ id }) => wanted.has(id)));
    if (page.caughtUp) break;
    after = page.position;
  }
  if (found.length < indexed.length) {
    throw new Error(`the log holds ${found.length} of ${indexed.length} events from ${first.id} on`);
  }
  return found;
}
