import { EventStoreError, type Position } from "../../domain/ports/event-store.ts";

/** Which log a position belongs to. */
export interface LogIdentity {
  /** 16 hex digits, random, for the life of the log and of all its copies. */
  readonly logId: string;
  /** 4 hex digits that count restores, from 1, then 8 random ones: two restores of one copy differ. */
  readonly incarnation: string;
}

const positionPattern = /^([0-9a-f]{16})\.([0-9a-f]{12})\.([0-9a-f]{16})$/;

/** The text of the place of the `number`th event of the log, counted from 1. */
export function positionText({ logId, incarnation }: LogIdentity, number: number): Position {
  return `${logId}.${incarnation}.${numberText(number)}`;
}

/** A number of events as positions end, so that texts with it are in its order. */
export function numberText(number: number): string {
  return number.toString(16).padStart(16, "0");
}

/**
 * The place that a position names: 0, before the first event, for `undefined`.
 *
 * @throws EventStoreError `POSITION_UNKNOWN` unless it is of this log and incarnation
 */
export function positionNumber(identity: LogIdentity, position: Position | undefined): number {
  if (position === undefined) return 0;
  const [, logId, incarnation, hex = ""] = positionPattern.exec(position) ?? [];
  if (logId === undefined) throw unknown(JSON.stringify(position), "is not a position");
  if (logId !== identity.logId) throw unknown(position, "is of another log");
  if (incarnation !== identity.incarnation) {
    throw unknown(position, "is of a time before the log was restored: read again from the beginning");
  }
  const number = Number.parseInt(hex, 16);
  if (number === 0) throw unknown(position, "is before the first event");
  return number;
}

/**
 * Which log a position belongs to.
 *
 * @throws EventStoreError `POSITION_UNKNOWN` when it is none
 */
export function positionIdentity(position: Position): LogIdentity {
  const [, logId, incarnation] = positionPattern.exec(position) ?? [];
  if (logId === undefined || incarnation === undefined) {
    throw unknown(JSON.stringify(position), "is not a position");
  }
  return { logId, incarnation };
}

/** @throws EventStoreError `POSITION_UNKNOWN` unless the log reaches that far */
export function refuseBeyondEnd(number: number, head: number): void {
  if (number > head) throw unknown(`number ${number}`, `is beyond the end, which is number ${head}`);
}

function unknown(position: string, why: string): EventStoreError {
  return new EventStoreError("POSITION_UNKNOWN", `position ${position} ${why}`);
}
