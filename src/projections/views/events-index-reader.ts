import type { Position } from "../../domain/ports/event-store.ts";
import type { MachineId } from "../../domain/values/machine-id.ts";
import { tableReader } from "../table-reader.ts";
import type { ViewConnection } from "../view-connection.ts";
import { type EventIndexRow, eventTables } from "./events-index.ts";

/** Single events. Many are read by `eventCollection`. */
export interface EventsIndexReader {
  findById(id: string): EventIndexRow | undefined;
  /** The event at a position; `undefined` when the view has no such event. */
  findByPosition(position: Position): EventIndexRow | undefined;
  /** The machine that the event at a position belongs to; `undefined`: to none. */
  machineAt(position: Position): MachineId | undefined;
  /** Just before an event, to read its data with `readAll({ after, limit: 1 })`; `undefined` before the first. */
  positionBefore(ordinal: number): Position | undefined;
  /** The last event that is not later than this moment; `undefined` when there is none. */
  lastUntil(timeMs: number): EventIndexRow | undefined;
}

export function eventsIndexReader(connection: ViewConnection): EventsIndexReader {
  const event = tableReader(connection, eventTables, "event");
  const owner = tableReader(connection, eventTables, "owner");
  const ownerOf = owner.one("WHERE period = ?");
  const byId = event.one("WHERE id = ?");
  const byPosition = event.one("WHERE position = ?");
  const byOrdinal = event.one("WHERE ordinal = ?");
  const lastUntil = event.one("WHERE timeMs <= ? ORDER BY timeMs DESC, ordinal DESC LIMIT 1");
  return {
    findById: (id) => byId(id),
    findByPosition: (position) => byPosition(position),
    machineAt(position) {
      const period = byPosition(position)?.period;
      return period ? ownerOf(period)?.machineId : undefined;
    },
    positionBefore: (ordinal) => byOrdinal(ordinal - 1)?.position,
    lastUntil: (timeMs) => lastUntil(timeMs),
  };
}
