import type { MachineId } from "../../domain/values/machine-id.ts";
import { type FleetRows, fleetTally, type InterfaceRow } from "./fleet-tables.ts";

const { collection } = fleetTally;
const column = "subnet";

/** A machine is known from now on. It has no interface yet. */
export function machineAdded({ tally }: FleetRows): void {
  tally.count({ collection, column, value: null }, 1);
}

/** Counts in how many subnets machines are, as an interface changes. A machine counts once for each subnet. */
export function presenceChanged(
  rows: FleetRows,
  before: InterfaceRow | undefined,
  after: InterfaceRow,
): void {
  if (before?.machineId === after.machineId && before.subnet === after.subnet) return;
  if (before) move(rows, before, -1);
  move(rows, after, 1);
}

function move(rows: FleetRows, { machineId, subnet }: InterfaceRow, by: 1 | -1): void {
  if (machineId === null || subnet === null) return;
  if (turned(rows, { machineId, subnet }, by)) rows.tally.count({ collection, column, value: subnet }, by);
  const opposite = by === 1 ? -1 : 1;
  if (turned(rows, { machineId, subnet: "" }, by))
    rows.tally.count({ collection, column, value: null }, opposite);
}

/** Counts an interface more or less; whether it was the first, or the last. */
function turned(
  { presence }: FleetRows,
  { machineId, subnet }: { readonly machineId: MachineId; readonly subnet: string },
  by: 1 | -1,
): boolean {
  const before = presence.get(machineId, subnet)?.interfaces ?? 0;
  const interfaces = before + by;
  if (interfaces === 0) presence.delete(machineId, subnet);
  else presence.put({ machineId, subnet, interfaces });
  return before === 0 || interfaces === 0;
}
