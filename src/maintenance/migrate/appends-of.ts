import { eventBytes } from "../../adapters/event-store/prepare.ts";
import type { MovedEvent } from "./moved-log.ts";

/** Most of one append: half of what an engine takes by default, for the envelopes are not counted. */
const appendBytesMax = 512 * 1024;
const appendEventsMax = 500;

/**
 * Events in the order of the log as appends, each of one stream. Only neighbours share one: anything else would change
 * the order.
 */
export function appendsOf(events: readonly MovedEvent[]): readonly (readonly MovedEvent[])[] {
  const appends: MovedEvent[][] = [];
  let current: MovedEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    bytes += eventBytes(event);
    const goesOn = current.at(-1)?.stream === event.stream;
    if (goesOn && bytes <= appendBytesMax && current.length < appendEventsMax) {
      current.push(event);
      continue;
    }
    current = [event];
    bytes = eventBytes(event);
    appends.push(current);
  }
  return appends;
}
