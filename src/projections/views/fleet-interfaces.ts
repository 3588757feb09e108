import { type AddressEvent, trustedAddressOf } from "../../domain/address/events.ts";
import type { Inventory } from "../../domain/machine/inventory.ts";
import type { RecordedEvent } from "../../domain/ports/event-store.ts";
import { ipv4Number } from "../../domain/values/ipv4.ts";
import { isStationAddress, type MacAddress } from "../../domain/values/mac-address.ts";
import type { MachineId } from "../../domain/values/machine-id.ts";
import { countRow } from "../tally.ts";
import { presenceChanged } from "./fleet-presence.ts";
import { type FleetRows, type InterfaceRow, type InterfaceSource, interfaceTally } from "./fleet-tables.ts";

const minuteMs = 60_000;

/** Coarse, so that most of what is heard of a machine changes nothing. */
function minuteOf(timeMs: number): number {
  return timeMs - (timeMs % minuteMs);
}

/** Changes what is known of an interface; makes it known if it is not. Writes nothing when nothing changes. */
function changeInterface(
  rows: FleetRows,
  mac: MacAddress,
  { source, ...changes }: Partial<InterfaceRow> & { readonly source: InterfaceSource },
): InterfaceRow {
  const before = rows.interface.get(mac);
  const after = { ...(before ?? { ...unknown, mac, source }), ...changes };
  if (before && !differs(before, changes)) return before;
  countRow(rows.tally, interfaceTally, { before, after });
  presenceChanged(rows, before, after);
  rows.interface.put(after);
  return after;
}

const unknown = {
  machineId: null,
  name: null,
  driver: null,
  address: null,
  subnet: null,
  seenAtMs: null,
} as const;

function differs(row: InterfaceRow, changes: Partial<InterfaceRow>): boolean {
  return Object.entries(changes).some(([column, value]) => row[column as keyof InterfaceRow] !== value);
}

/** What was heard of an interface. */
interface Hearing extends Partial<Pick<InterfaceRow, "address" | "subnet">> {
  readonly source: InterfaceSource;
  readonly timeMs: number;
}

/** An interface was heard of, and so was the machine that has it. */
export function interfaceSeen(rows: FleetRows, mac: MacAddress, { timeMs, ...heard }: Hearing): void {
  const { machineId } = changeInterface(rows, mac, { ...heard, seenAtMs: minuteOf(timeMs) });
  if (machineId !== null) machineSeen(rows, machineId, timeMs);
}

/** A machine was heard of. A machine that is not known yet is passed over. */
export function machineSeen(rows: FleetRows, machineId: MachineId, timeMs: number): void {
  const machine = rows.fleet.get(machineId);
  const seenAtMs = minuteOf(timeMs);
  if (machine && (machine.seenAtMs ?? 0) < seenAtMs) rows.fleet.put({ ...machine, seenAtMs });
}

/** An address was leased to an interface, or its lease ended. */
export function leaseChanged(
  { type, stream, time, data: { holder, subnet, status } }: RecordedEvent<AddressEvent>,
  rows: FleetRows,
): void {
  // What an operator sets aside says nothing of an interface.
  if (!holder || type === "AddressReserved" || type === "ReservationRemoved") return;
  const { mac } = holder;
  const source = "lease";
  const address = ipv4Number(trustedAddressOf(stream));
  const lease = status === "leased" ? { address, subnet } : { address: null, subnet: null };
  // A lease that ends need not be the newest of its interface.
  const isNewest = status === "leased" || rows.interface.get(mac)?.address === address;
  if (type !== "LeaseExpired") interfaceSeen(rows, mac, { ...(isNewest && lease), source, timeMs: time });
  else if (isNewest) changeInterface(rows, mac, { ...lease, source });
}

/** Gives a machine the interface that an event of the machine names. It may have been seen before. */
export function attach(
  rows: FleetRows,
  {
    mac,
    machineId,
    source,
  }: { readonly mac: MacAddress; readonly machineId: MachineId; readonly source: InterfaceSource },
): void {
  const { seenAtMs } = changeInterface(rows, mac, { source, machineId });
  if (seenAtMs !== null) machineSeen(rows, machineId, seenAtMs);
}

/** Takes the interfaces of a retired machine from it, but for those that another machine has by now. */
export function detach(rows: FleetRows, machineId: MachineId, macs: readonly MacAddress[]): void {
  for (const mac of macs) {
    const known = rows.interface.get(mac);
    if (known?.machineId === machineId) changeInterface(rows, mac, { source: known.source, machineId: null });
  }
}

/** What the agent found out about the machine's interfaces. Those of another machine keep what is known of them. */
export function interfacesReported(rows: FleetRows, machineId: MachineId, { interfaces }: Inventory): void {
  for (const { mac, name, driver } of interfaces) {
    const holder = rows.interface.get(mac)?.machineId ?? machineId;
    if (isStationAddress(mac) && holder === machineId) {
      changeInterface(rows, mac, { source: "inventory", name, driver });
    }
  }
}
