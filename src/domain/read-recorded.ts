import type { DomainEvent, EventCodec } from "./event.ts";
import type { RecordedEvent } from "./ports/event-store.ts";

/** A fact in the log with its data in today's shape. @throws Error when the codec does not know it */
export function readRecorded<Event extends DomainEvent>(
  codec: EventCodec<Event>,
  recorded: RecordedEvent,
): RecordedEvent<Event> {
  const { id, schema, meta, stream, revision, position, time, hash } = recorded;
  return { ...codec.read(recorded), id, schema, meta, stream, revision, position, time, hash };
}
