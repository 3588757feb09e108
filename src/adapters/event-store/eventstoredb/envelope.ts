import type { EventData, ResolvedEvent } from "@eventstore/db-client";
import { z } from "zod";
import { EventStoreError, type RecordedEvent } from "../../../domain/ports/event-store.ts";
import type { PreparedEvent } from "../prepare.ts";

/** What the engine has no field for. Beside the members of `meta`, and not covered by the hash but by itself. */
const Envelope = z.object({
  schema: z.int().min(1),
  time: z.int(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** The one member of an event's metadata that is not of the event's `meta`. */
const envelopeName = "ironledger";

const Metadata = z.looseObject({ [envelopeName]: Envelope });

/** An event as it stands in the engine: its position is the octet of the engine's log at which it begins. */
export type Standing = Omit<RecordedEvent, "position"> & { readonly position: number };

/**
 * An event for the engine. Its data are written as RFC 8785 text, but for objects with names that are integers,
 * which the client orders by number: so whoever checks a hash makes the text anew.
 */
export function eventData(event: PreparedEvent, time: number, hash: string): EventData {
  const { id, type, schema } = event;
  return {
    id,
    type,
    contentType: "application/json",
    data: JSON.parse(event.data),
    metadata: { ...JSON.parse(event.meta), [envelopeName]: { schema, time, hash } },
  };
}

/** The stream whose newest event says which log this is. */
export const identityStream = "ironledger";

/** The stream in which processes settle which of them leads. */
export const leadershipStream = "ironledger-leadership";

/** Streams that are about the log and none of its own. */
const besides: ReadonlySet<string> = new Set([identityStream, leadershipStream]);

export function refuseStreamsBeside(stream: string): void {
  if (besides.has(stream)) throw new Error(`the log keeps stream ${stream} for itself`);
}

/** Whether an event is of the log: neither the engine's own nor one about the log. */
export function isOfLog({ event }: ResolvedEvent): boolean {
  return event !== undefined && !event.streamId.startsWith("$") && !besides.has(event.streamId);
}

/**
 * The event as it was written.
 *
 * @throws EventStoreError `LOG_DAMAGED` when somebody else wrote it
 */
export function standing({ event }: ResolvedEvent): Standing {
  if (!event?.position) throw new EventStoreError("LOG_DAMAGED", "the engine gave an event without position");
  const { streamId, revision, id, type, data, position, isJson } = event;
  const metadata = Metadata.safeParse(event.metadata);
  if (!metadata.success || !isJson || position.commit !== position.prepare) {
    throw new EventStoreError(
      "LOG_DAMAGED",
      `event ${revision} of stream ${streamId} is not Ironledger's: it needs an engine of its own`,
    );
  }
  const { [envelopeName]: envelope, ...meta } = metadata.data;
  return {
    id,
    stream: streamId,
    revision: Number(revision),
    position: Number(position.commit),
    type,
    data: data as RecordedEvent["data"],
    meta: meta as unknown as RecordedEvent["meta"],
    ...envelope,
  };
}
