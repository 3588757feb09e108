import { canonicalJson } from "../../canonical-json.ts";
import {
  type EventReader,
  EventStoreError,
  isBefore,
  type Position,
  type RecordedEvent,
} from "../../domain/ports/event-store.ts";
import type { CheckedEvent } from "../../proof/check-chains.ts";
import { pageEventsMax } from "./page.ts";
import type { LogIdentity } from "./position.ts";

/** A log that is read from one end to the other through its store, whose positions may count anything. */
export interface ReadLog {
  readonly reader: Pick<EventReader, "readAll">;
  readonly identity: LogIdentity;
}

export interface PositionRange {
  /** Exclusive. `undefined`: from the first event on. */
  readonly after: Position | undefined;
  /** Inclusive. `undefined`: nothing, as of a log that is empty. */
  readonly through: Position | undefined;
}

/** The events of a range in their order, a page at once. */
export async function* pagesBetween(
  { reader }: Pick<ReadLog, "reader">,
  { after, through }: PositionRange,
): AsyncGenerator<readonly RecordedEvent[]> {
  for (let at = after; isBefore(at, through); ) {
    const page = await reader.readAll({ after: at, limit: pageEventsMax });
    yield page.events.filter(({ position }) => !isBefore(through, position));
    if (page.caughtUp) return;
    at = page.position;
  }
}

/** Events from the first on with their numbers, a page at once. */
export async function* numberedPages(
  log: Pick<ReadLog, "reader">,
  through: Position | undefined,
): AsyncGenerator<readonly CheckedEvent[]> {
  let number = 0;
  for await (const events of pagesBetween(log, { after: undefined, through })) {
    yield events.map((event) => numbered(event, ++number));
  }
}

/** An event as it is hashed: its texts are made anew from what the store gives. */
export function numbered(event: RecordedEvent, number: number): CheckedEvent {
  const { stream, revision, id, type, schema, time, hash } = event;
  const [data, meta] = [canonicalJson(event.data), canonicalJson(event.meta)];
  return { position: number, stream, revision, id, type, schema, time, data, meta, hash };
}

/** @throws EventStoreError `POSITION_UNKNOWN` unless an event stands there, or there is none to stand */
export async function refuseUnknown(
  { reader }: Pick<ReadLog, "reader">,
  { after, through }: PositionRange,
): Promise<void> {
  for (const position of [after, through]) {
    if (position !== undefined) await reader.readAll({ after: position, limit: 1 });
  }
  if (!isBefore(through, after)) return;
  throw new EventStoreError("POSITION_UNKNOWN", `position ${after} is behind the end, which is ${through}`);
}
