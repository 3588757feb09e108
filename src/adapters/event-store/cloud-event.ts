import type { EventMeta, Position } from "../../domain/ports/event-store.ts";
import type { CheckedEvent } from "../../proof/check-chains.ts";

/** Which events are wanted. All that is given must hold. */
export interface CloudEventChoice {
  /** (Default: of every type) */
  readonly types?: readonly string[] | undefined;
  /** The first moment, milliseconds since 1970 UTC. (Default: from the beginning) */
  readonly sinceMs?: number | undefined;
  /** The first moment that is too late. (Default: without an end) */
  readonly untilMs?: number | undefined;
}

export function isChosen(
  { type, time }: Pick<CheckedEvent, "type" | "time">,
  { types, sinceMs, untilMs }: CloudEventChoice,
): boolean {
  const isInTime = (sinceMs === undefined || time >= sinceMs) && (untilMs === undefined || time < untilMs);
  return isInTime && (types === undefined || types.includes(type));
}

/**
 * An event, with the dashes of its id, in the JSON format of CloudEvents 1.0, structured mode, on one line.
 *
 * `source` and `id` together are unique, as the specification asks, and are the same in every copy of the log.
 * `sequence`, `correlationid`, `causationid` and `traceparent` are the documented extensions of these names, the
 * others our own.
 */
export function cloudEventLine(
  logId: string,
  position: Position,
  event: Omit<CheckedEvent, "position">,
): string {
  const { stream, revision, id, type, schema, time, data, meta, hash } = event;
  const { actor, source, $correlationId, $causationId, reason, sourceAddress, traceparent } = JSON.parse(
    meta,
  ) as EventMeta;
  const context = {
    specversion: "1.0",
    id,
    source: `urn:ironledger:log:${logId}`,
    type: `ironledger.${type}`,
    subject: printable(stream),
    time: new Date(time).toISOString(),
    datacontenttype: "application/json",
    sequence: position,
    revision,
    schemaversion: schema,
    actor: printable(actor),
    component: printable(source),
    correlationid: $correlationId,
    causationid: $causationId,
    ...(reason !== undefined && { reason: printable(reason) }),
    ...(sourceAddress !== undefined && { sourceaddress: sourceAddress }),
    ...(traceparent !== undefined && { traceparent }),
    hash,
  };
  return `${JSON.stringify(context).slice(0, -1)},"data":${data}}`;
}

/** A text of a CloudEvents attribute has no control character (s. 3.2): a line break in a reason becomes a space. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Noncharacter_Code_Point}]+/gu, " ");
}
