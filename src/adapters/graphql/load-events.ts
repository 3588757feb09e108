import type { EventReader, RecordedEvent } from "../../domain/ports/event-store.ts";
import type { EventsIndexReader } from "../../projections/views/events-index-reader.ts";

/** Most events of one page of the log. */
const pageSize = 1_000;

/** Events between two wanted ones that are read along: another page would cost about as much. */
const gapMax = 16;

/** Where an event is, as an index knows it. */
interface IndexedEvent {
  readonly ordinal: number;
  readonly id: string;
}

interface Sources {
  readonly log: Pick<EventReader, "readAll">;
  readonly events: Pick<EventsIndexReader, "positionBefore">;
}

/**
 * Reads the events that an index found, in the order of `indexed`, which is the order of the log.
 *
 * Reads where they are, and not what lies between them: a run's first and last event may have a million others
 * between them.
 *
 * @throws Error when the log lacks one of them, which the index says it holds
 */
export async function loadEvents(
  { log, events }: Sources,
  indexed: readonly IndexedEvent[],
): Promise<readonly RecordedEvent[]> {
  const wanted = new Set(indexed.map(({ id }) => id));
  const found: RecordedEvent[] = [];
  for (const { first, last } of spansOf(indexed.map(({ ordinal }) => ordinal))) {
    const after = events.positionBefore(first);
    const page = await log.readAll({ after, limit: last - first + 1 });
    found.push(...page.events.filter(({ id }) => wanted.has(id)));
  }
  if (found.length < indexed.length) {
    throw new Error(`the log holds ${found.length} of ${indexed.length} events from ${indexed[0]?.id} on`);
  }
  return found;
}

interface Span {
  readonly first: number;
  readonly last: number;
}

/** Neighbours together, as far as a page reaches. `ordinals`: ascending. */
function spansOf(ordinals: readonly number[]): readonly Span[] {
  const spans: Span[] = [];
  for (const ordinal of ordinals) {
    const span = spans.at(-1);
    if (span && ordinal - span.last <= gapMax && ordinal - span.first < pageSize) {
      spans[spans.length - 1] = { first: span.first, last: ordinal };
    } else {
      spans.push({ first: ordinal, last: ordinal });
    }
  }
  return spans;
}
