import type { ClientClass } from "../domain/network/client-class.ts";
import { type NetworkEvent, networkCodec } from "../domain/network/events.ts";
import type { RecordedEvent } from "../domain/ports/event-store.ts";
import type { ClientClassName } from "../domain/values/slug.ts";
import { integer, json, type RowOf, table, text } from "./table.ts";
import { countRow } from "./tally.ts";
import { handling, type TableRows, type TallyRows } from "./view.ts";

/** The client classes that are defined, kept by the view of leases. */
export const clientClassTable = table({
  columns: {
    name: text<ClientClassName>(),
    priority: integer(),
    definition: json<ClientClass>(),
    definedAtMs: integer(),
    changedAtMs: integer(),
    position: text(),
  },
  key: ["name"],
});
export type ClientClassRow = RowOf<typeof clientClassTable>;

/** What is counted of client classes. */
export const clientClassTally = { collection: "clientClass", columns: ["priority"] } as const;

interface ClassRows {
  readonly clientClass: TableRows<ClientClassRow>;
  readonly tally: TallyRows;
}

const defined = (
  { time, position, data }: RecordedEvent<Extract<NetworkEvent, { data: { class: ClientClass } }>>,
  rows: ClassRows,
) => {
  const { name, priority } = data.class;
  const before = rows.clientClass.get(name);
  const definedAtMs = before?.definedAtMs ?? time;
  const after = { name, priority, definition: data.class, definedAtMs, changedAtMs: time, position };
  countRow(rows.tally, clientClassTally, { before, after });
  rows.clientClass.put(after);
};

/** Keeps the classes up to date with the events of the network. */
export const rememberClasses = handling<NetworkEvent, ClassRows>(networkCodec, {
  ClientClassDefined: defined,
  ClientClassChanged: defined,
  ClientClassRetired({ data: { name } }, rows) {
    countRow(rows.tally, clientClassTally, { before: rows.clientClass.get(name), after: undefined });
    rows.clientClass.delete(name);
  },
});
