import type { Position, RecordedEvent } from "../../domain/ports/event-store.ts";
import { categoryOf } from "../../domain/values/category.ts";
import { ownershipTables, rememberOwnership } from "../event-ownership.ts";
import { integer, logTable, type RowOf, text, textOrNull } from "../table.ts";
import { countRow, tallyTable } from "../tally.ts";
import type { View } from "../view.ts";

/** Tables of the index of events, for its reader. */
export const eventTables = {
  event: logTable({
    columns: {
      /** Place in the log, from 0. */
      ordinal: integer(),
      position: text<Position>(),
      id: text(),
      timeMs: integer(),
      stream: text(),
      revision: integer(),
      /** The part of the stream's name before its first dash. */
      category: text(),
      type: text(),
      actor: text(),
      source: text(),
      correlationId: text(),
      causationId: text(),
      /** What it belongs to: see `ownershipTables`. */
      period: textOrNull(),
    },
    key: ["ordinal"],
    indexes: [
      ["position"],
      ["id"],
      ["timeMs"],
      ["stream"],
      ["type"],
      ["actor"],
      ["correlationId"],
      ["causationId"],
      ["category"],
      ["source"],
      ["period"],
    ],
  }),
  ...ownershipTables,
  tally: tallyTable,
};

/** What is counted of events. */
export const eventTally = { collection: "event", columns: ["category", "type", "source"] } as const;

/** Where an event is, whose it is and why. Its data is in the log. */
export type EventIndexRow = RowOf<typeof eventTables.event>;

/** Every event by what it may be looked for. */
export const eventsIndex: View<typeof eventTables> = {
  name: "events-index",
  version: 4,
  tables: eventTables,
  apply(event, rows, ordinal) {
    const period = rememberOwnership(event, rows, ordinal);
    const row = { ...placeOf(event, ordinal), period };
    rows.event.insert(row);
    countRow(rows.tally, eventTally, { before: undefined, after: row });
  },
};

function placeOf(
  { position, id, time, stream, revision, type, meta }: RecordedEvent,
  ordinal: number,
): Omit<EventIndexRow, "period"> {
  return {
    ordinal,
    position,
    id,
    timeMs: time,
    stream,
    revision,
    category: categoryOf(stream),
    type,
    actor: meta.actor,
    source: meta.source,
    correlationId: meta.$correlationId,
    causationId: meta.$causationId,
  };
}
