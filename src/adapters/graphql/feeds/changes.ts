import type { Position, RecordedEvent } from "../../../domain/ports/event-store.ts";

/** What happened to one thing in a page of the log. */
export interface Change {
  /** Of the last event that changed it. */
  readonly position: Position;
  /** In the order in which each came first. */
  readonly types: readonly string[];
}

/**
 * The changes of a page by what they changed, in the order of their last events: whoever has the first of them and
 * goes on behind its position misses none of the others.
 */
export function changesIn(
  events: readonly RecordedEvent[],
  changedBy: (event: RecordedEvent) => string | undefined,
): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>();
  for (const event of events) {
    const changed = changedBy(event);
    if (changed === undefined) continue;
    const types = changes.get(changed)?.types ?? [];
    changes.delete(changed);
    changes.set(changed, { position: event.position, types: [...new Set([...types, event.type])] });
  }
  return changes;
}
