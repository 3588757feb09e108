import type { Position } from "../../../domain/ports/event-store.ts";
import { eventsIndex } from "../../../projections/views/events-index.ts";
import type { GraphqlContext } from "../context.ts";

/** Events that a feed of states may be behind before it leaves them out. */
export const stateLagMax = 10_000;

/**
 * Tells a feed that is more than `most` events behind the end of the log to go on there, as far as the index of
 * events knows it. `undefined`: it is not that far behind.
 */
export function skipBeyond(
  most: number,
  { views }: Pick<GraphqlContext, "views">,
): (position: Position | undefined) => Promise<Position | undefined> {
  return async (position) => {
    const index = views.projector.status().find(({ view }) => view === eventsIndex.name);
    const seen = position === undefined ? 0 : eventsUntil(position);
    if (!index || seen === undefined) return undefined;
    return index.events - seen > most ? index.position : undefined;
  };

  /** `undefined`: the index does not know the position, which is new or not of this log. */
  function eventsUntil(position: Position): number | undefined {
    const found = views.events.findByPosition(position);
    return found && found.ordinal + 1;
  }
}
