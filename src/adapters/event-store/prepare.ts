import { canonicalJson } from "../../canonical-json.ts";
import { EventStoreError, type NewEvent } from "../../domain/ports/event-store.ts";

/** An event as it is stored: its data and meta are RFC 8785 text. */
export interface PreparedEvent {
  readonly id: string;
  readonly type: string;
  readonly schema: number;
  readonly data: string;
  readonly meta: string;
}

/** Most octets of an event's data and meta together. EventStoreDB's default, too. */
const eventBytesMax = 1024 * 1024;

/** Most octets of the name of a stream or of an event type. */
const nameBytesMax = 255;

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Makes an append ready to be stored, in the thread that asked for it.
 *
 * @throws EventStoreError `EVENT_TOO_LARGE`, `EVENT_NOT_JSON`
 * @throws Error for what only a bug can hand in: no event, an id that is no UUID, a name that is no name
 */
export function prepareEvents(stream: string, events: readonly NewEvent[]): readonly PreparedEvent[] {
  if (events.length === 0) throw new Error(`an append to ${stream} has no event`);
  checkName("stream", stream);
  return events.map(prepareEvent);
}

/** Octets of an event's data and meta together. */
export function eventBytes({ data, meta }: PreparedEvent): number {
  return Buffer.byteLength(data) + Buffer.byteLength(meta);
}

function prepareEvent({ id, type, schema, data, meta }: NewEvent): PreparedEvent {
  checkName("event type", type);
  if (!uuidPattern.test(id)) throw new Error(`event id ${JSON.stringify(id)} is not a UUID in lower case`);
  if (!Number.isInteger(schema) || schema < 1)
    throw new Error(`schema ${schema} of ${type} is not 1 or more`);

  const event = `${type} ${id}`;
  const prepared = { id, type, schema, data: textOf(data, event), meta: textOf(meta, event) };
  const bytes = eventBytes(prepared);
  if (bytes <= eventBytesMax) return prepared;
  throw new EventStoreError("EVENT_TOO_LARGE", `${event} has ${bytes} octets, the limit is ${eventBytesMax}`);
}

function textOf(value: object, event: string): string {
  try {
    return canonicalJson(value);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new EventStoreError("EVENT_NOT_JSON", `${event} cannot be written as JSON: ${what}`, {
      cause: error,
    });
  }
}

/** Most names are these and short, which takes no look at Unicode's classes. */
const plainName = /^[A-Za-z0-9][\x20-\x7e]{0,254}$/;

/** `$` starts the names that EventStoreDB keeps for itself. */
function checkName(kind: string, name: string): void {
  if (plainName.test(name)) return;
  const bytes = Buffer.byteLength(name);
  if (bytes > nameBytesMax) {
    throw new EventStoreError(
      "EVENT_TOO_LARGE",
      `${kind} ${name.slice(0, 40)}… has ${bytes} octets, not ${nameBytesMax}`,
    );
  }
  if (/^[^\p{C}$][^\p{C}]*$/u.test(name)) return;
  throw new Error(`${JSON.stringify(name)} cannot name a ${kind}`);
}
