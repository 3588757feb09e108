import type { MachineSnapshot } from "../../../domain/machine/snapshot.ts";
import { ipv4FromNumber } from "../../../domain/values/ipv4.ts";
import { interfaceCollection } from "../../../projections/collections/interfaces.ts";
import { keptViews } from "../../../projections/past/kept-views.ts";
import { rowThen } from "../../../projections/past/row-then.ts";
import { memoryCollection } from "../../../projections/query/memory-collection.ts";
import type { SearchableCollection } from "../../../projections/query/sql-collection.ts";
import type { ViewConnection } from "../../../projections/view-connection.ts";
import { fleetTables, type InterfaceRow } from "../../../projections/views/fleet-tables.ts";
import type { Past } from "../models.ts";
import { unseen } from "./unseen.ts";

/**
 * The interfaces of a machine as it was, looked up one by one: nothing is copied for one machine. `fleet`: the view as
 * it is now.
 */
export function interfacesThen(
  { id, macs, labels }: MachineSnapshot,
  { ordinal }: Past,
  fleet: ViewConnection,
): SearchableCollection<InterfaceRow> {
  const find = rowThen(fleet, { view: keptViews.fleet, tables: fleetTables, table: "interface" });
  const rows = macs
    .map((mac) => find([mac], ordinal))
    .filter((row) => row !== undefined)
    // One that another machine had by then is that one's.
    .filter(({ machineId }) => machineId === id);
  const source = { ...interfaceCollection(fleet), idOf: macOf, factsOf, labelsOf: () => labels };
  return unseen(memoryCollection(source, () => rows));
}

const macOf = ({ mac }: InterfaceRow) => mac;

/** An interface as conditions see it. */
function factsOf({ address, seenAtMs: seenAt, ...row }: InterfaceRow) {
  return { ...row, seenAt, address: address === null ? null : ipv4FromNumber(address) };
}
