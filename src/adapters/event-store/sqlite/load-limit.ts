import { EventStoreError } from "../../../domain/ports/event-store.ts";
import { eventBytes } from "../prepare.ts";
import type { Append } from "./writer.ts";

/** What one client may have under way; more is refused, so that a slow disk does not fill the memory. */
const underWayMax = { events: 8_192, bytes: 16 * 1024 * 1024 } as const;

/** Counts what is sent and not answered yet. */
export interface LoadLimit {
  /**
   * Counts the append until the function that it returns is called.
   *
   * @throws EventStoreError `LOG_OVERLOADED`
   */
  admit(append: Append): () => void;
}

export function createLoadLimit(): LoadLimit {
  let events = 0;
  let bytes = 0;

  return {
    admit(append) {
      const moreEvents = append.events.length;
      const moreBytes = append.events.reduce((sum, event) => sum + eventBytes(event), 0);
      if (events + moreEvents > underWayMax.events || bytes + moreBytes > underWayMax.bytes) {
        const message = `${events} events, ${bytes} octets, are under way: try again when they are written`;
        throw new EventStoreError("LOG_OVERLOADED", message);
      }
      events += moreEvents;
      bytes += moreBytes;
      return () => {
        events -= moreEvents;
        bytes -= moreBytes;
      };
    },
  };
}
