import type { LogPage, ReadAll, RecordedEvent } from "../../../domain/ports/event-store.ts";
import { eventHash } from "../../../proof/event-hash.ts";
import { passes } from "../event-filter.ts";
import type { Placed } from "../placement.ts";
import { type LogIdentity, positionNumber, positionText, refuseBeyondEnd } from "../position.ts";
import type { PreparedEvent } from "../prepare.ts";

/** Events in arrays. */
export function createMemoryLog(identity: LogIdentity) {
  const log: RecordedEvent[] = [];
  const placedById = new Map<string, Placed>();
  const streams = new Map<string, RecordedEvent[]>();

  return {
    length: () => log.length,
    newest: () => log.at(-1),
    find: (id: string) => placedById.get(id),
    stream: (name: string): readonly RecordedEvent[] => streams.get(name) ?? [],

    record(stream: string, event: PreparedEvent, time: number): void {
      const history = streams.get(stream) ?? [];
      const previous = history.at(-1)?.hash;
      const placed = { stream, revision: history.length, position: log.length + 1, time };
      const hash = eventHash(previous, { ...event, ...placed });
      const recorded = {
        ...event,
        ...placed,
        data: JSON.parse(event.data),
        meta: JSON.parse(event.meta),
        position: positionText(identity, placed.position),
        hash,
      };
      log.push(recorded);
      history.push(recorded);
      streams.set(stream, history);
      placedById.set(event.id, placed);
    },

    page({ after, limit, filter = {} }: ReadAll): LogPage {
      let looked = positionNumber(identity, after);
      refuseBeyondEnd(looked, log.length);
      const events: RecordedEvent[] = [];
      while (looked < log.length && events.length < limit) {
        const event = log[looked++];
        if (event && passes(event, filter)) events.push(event);
      }
      return { events, position: log[looked - 1]?.position, caughtUp: looked === log.length };
    },
  };
}
