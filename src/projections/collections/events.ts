import type { Costs } from "../query/plan.ts";
import type { SourceColumn } from "../query/source.ts";
import { type SearchableCollection, type SourceOf, sqlCollection } from "../query/sql-collection.ts";
import type { ViewConnection } from "../view-connection.ts";
import { type EventIndexRow, eventTables, eventTally } from "../views/events-index.ts";

const columns = {
  /** The place in the log, from 0. */
  position: { kind: "number", field: "ordinal", ordered: true },
  eventId: { kind: "id", field: "id" },
  stream: { kind: "text", field: "stream" },
  category: { kind: "text", field: "category", faceted: true },
  type: { kind: "text", field: "type", faceted: true },
  actor: { kind: "text", field: "actor", faceted: true },
  source: { kind: "text", field: "source", faceted: true },
  correlationId: { kind: "id", field: "correlationId" },
  causationId: { kind: "id", field: "causationId" },
  time: { kind: "time", field: "timeMs", growsWithId: true },
  /** The machine that it belongs to, by what that machine had then: its interfaces, its name, its addresses. */
  machineId: { kind: "id", field: "machineId", of: { table: "owner", owner: "period", on: "period" } },
} as const satisfies Readonly<Record<string, SourceColumn>>;

const source: SourceOf<typeof eventTables, "event"> = {
  tables: eventTables,
  table: "event",
  tally: eventTally,
  id: "ordinal",
  columns,
  labels: true,
  labelsOf: {
    table: "label",
    owner: "machineId",
    on: "period",
    via: { table: "owner", from: "period", to: "machineId" },
  },
  aliases: {
    id: "eventId",
    correlation: "correlationId",
    causation: "causationId",
    machine: "machineId",
    at: "time",
  },
  bareWord: "type",
  defaultOrder: { column: "position", descending: true },
  scannable: false,
};

/**
 * The events of the log, the newest first. Labels are those that the machine has now which each belongs to.
 * `costs`: as of any collection. (Default: as measured)
 */
export function eventCollection(
  connection: ViewConnection,
  costs?: Costs,
): SearchableCollection<EventIndexRow> {
  return sqlCollection(connection, source, costs);
}
