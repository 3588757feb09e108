import {
  type EventFilter,
  isBefore,
  type LogPage,
  type Position,
  type RecordedEvent,
} from "../../domain/ports/event-store.ts";
import { passes } from "./event-filter.ts";

/** Events that are kept for whoever follows. */
const eventsMax = 1_000;

/** What the data of those events has as JSON, in UTF-16 units: one event may have a million. */
const textMax = 8_000_000;

interface KeptPage {
  readonly events: readonly RecordedEvent[];
  /** The page has everything between these, the first exclusive. */
  readonly after: Position | undefined;
  readonly position: Position | undefined;
  readonly length: number;
}

/** The newest pages of a log. */
export interface KeptPages {
  /** Behind this everything is kept. */
  readonly begin: Position | undefined;
  readonly end: Position | undefined;
  /** Where the page ends that is to be dropped, because more is kept than should be; `undefined`: none is. */
  readonly surplus: Position | undefined;
  add(page: LogPage): void;
  dropOldest(): void;
  /** What the filter lets through of the events behind a position; `undefined`: there is nothing behind it. */
  after(position: Position | undefined, filter: EventFilter | undefined): LogPage | undefined;
}

/** `start`: where the first page begins. */
export function keptPages(start: Position | undefined): KeptPages {
  const pages: KeptPage[] = [];
  let count = 0;
  let length = 0;
  let begin = start;
  let end = start;

  return {
    get begin() {
      return begin;
    },
    get end() {
      return end;
    },
    get surplus() {
      return count > eventsMax || length > textMax ? pages[0]?.position : undefined;
    },
    add({ events, position }) {
      const page = { events, after: end, position, length: lengthOf(events) };
      pages.push(page);
      count += events.length;
      length += page.length;
      end = position;
    },
    dropOldest() {
      const dropped = pages.shift();
      if (!dropped) return;
      count -= dropped.events.length;
      length -= dropped.length;
      begin = dropped.position;
    },
    after(position, filter) {
      if (!isBefore(position, end)) return undefined;
      // From the newest page back: nearly everybody has come to it.
      const taken = pages.findLastIndex((page) => !isBefore(position, page.position));
      const events = pages.slice(taken + 1).flatMap((page) => eventsAfter(position, page));
      return {
        events: filter ? events.filter((event) => passes(event, filter)) : events,
        position: end,
        caughtUp: true,
      };
    },
  };
}

/** Nearly everybody has come to where a page begins. */
function eventsAfter(position: Position | undefined, { events, after }: KeptPage): readonly RecordedEvent[] {
  if (!isBefore(after, position)) return events;
  return events.filter((event) => isBefore(position, event.position));
}

function lengthOf(events: readonly RecordedEvent[]): number {
  return events.reduce((sum, { data }) => sum + JSON.stringify(data).length, 0);
}
