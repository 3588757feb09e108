import type { Binding } from "../../domain/address/binding.ts";
import { type AddressEvent, addressCodec } from "../../domain/address/events.ts";
import { type NetworkEvent, networkCodec } from "../../domain/network/events.ts";
import type { Subnet } from "../../domain/network/subnet.ts";
import type { RecordedEvent } from "../../domain/ports/event-store.ts";
import type { ClientId } from "../../domain/values/client-id.ts";
import { type Ipv4, ipv4Number } from "../../domain/values/ipv4.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import type { SubnetName } from "../../domain/values/slug.ts";
import { integer, integerOrNull, json, type RowOf, table, text, textOrNull } from "../table.ts";
import { handling, type Rows, type View } from "../view.ts";

/** Tables of the view of leases, for its reader. */
export const leaseTables = {
  address: table({
    columns: {
      /** The address as a number, so that addresses list in their order. */
      ip: integer(),
      address: text<Ipv4>(),
      subnet: text<SubnetName>(),
      status: text<Binding["status"]>(),
      /** The machine that alone may lease the address. */
      reservedFor: textOrNull<MacAddress>(),
      /** Who holds the lease; when there is none, who held it last or declined it. */
      mac: textOrNull<MacAddress>(),
      clientId: textOrNull<ClientId>(),
      hostname: textOrNull(),
      relay: textOrNull<Ipv4>(),
      leaseSeconds: integerOrNull(),
      /** End of the lease or of the quarantine, milliseconds UTC. A lapsed lease stays leased until it is expired. */
      untilMs: integerOrNull(),
      revision: integer(),
      changedAtMs: integer(),
      position: text(),
    },
    key: ["ip"],
    indexes: [["subnet", "status"], ["subnet"], ["status"], ["mac"], ["reservedFor"]],
  }),
  subnet: table({
    columns: {
      name: text<SubnetName>(),
      definition: json<Subnet>(),
      /** How many addresses the ranges hold. */
      addresses: integer(),
      definedAtMs: integer(),
      changedAtMs: integer(),
      position: text(),
    },
    key: ["name"],
  }),
  usage: table({
    columns: { subnet: text<SubnetName>(), leased: integer(), reserved: integer(), declined: integer() },
    key: ["subnet"],
  }),
};

export type AddressRow = RowOf<typeof leaseTables.address>;
type LeaseRows = Rows<typeof leaseTables>;

const addressChanged = (event: RecordedEvent<AddressEvent>, rows: LeaseRows) => {
  const row = addressRow(event);
  const before = rows.address.get(row.ip);
  if (before) count(rows, before, -1);
  count(rows, row, 1);
  rows.address.put(row);
};

const onAddress = handling<AddressEvent, LeaseRows>(addressCodec, {
  LeaseGranted: addressChanged,
  LeaseRenewed: addressChanged,
  LeaseReleased: addressChanged,
  LeaseExpired: addressChanged,
  AddressDeclined: addressChanged,
  AddressReserved: addressChanged,
  ReservationRemoved: addressChanged,
});

const subnetChanged = (
  { time, position, data: { subnet } }: RecordedEvent<Extract<NetworkEvent, { data: { subnet: Subnet } }>>,
  rows: LeaseRows,
) => {
  rows.subnet.put({
    name: subnet.name,
    definition: subnet,
    addresses: subnet.ranges.reduce((sum, range) => sum + sizeOf(range), 0),
    definedAtMs: rows.subnet.get(subnet.name)?.definedAtMs ?? time,
    changedAtMs: time,
    position,
  });
};

const onNetwork = handling<NetworkEvent, LeaseRows>(networkCodec, {
  SubnetDefined: subnetChanged,
  SubnetChanged: subnetChanged,
  SubnetRetired: ({ data: { name } }, rows) => rows.subnet.delete(name),
});

/** Who holds which address, and how full each subnet is. */
export const leases: View<typeof leaseTables> = {
  name: "leases",
  version: 1,
  tables: leaseTables,
  apply(event, rows, ordinal) {
    onAddress(event, rows, ordinal);
    onNetwork(event, rows, ordinal);
  },
};

function addressRow({ stream, revision, time, position, data }: RecordedEvent<AddressEvent>): AddressRow {
  const address = stream.slice("address-".length) as Ipv4;
  const { subnet, status, reservedFor, holder, relay, leaseSeconds, untilMs } = data;
  return {
    ip: ipv4Number(address),
    address,
    subnet,
    status,
    reservedFor,
    mac: holder?.mac ?? null,
    clientId: holder?.clientId ?? null,
    hostname: holder?.hostname ?? null,
    relay,
    leaseSeconds,
    untilMs,
    revision,
    changedAtMs: time,
    position,
  };
}

/** Adds an address to the usage of its subnet, or takes it out. A subnet's usage outlives its definition. */
function count(rows: LeaseRows, { subnet, status, reservedFor }: AddressRow, by: 1 | -1): void {
  const usage = rows.usage.get(subnet) ?? { subnet, leased: 0, reserved: 0, declined: 0 };
  rows.usage.put({
    subnet,
    leased: usage.leased + (status === "leased" ? by : 0),
    reserved: usage.reserved + (reservedFor === null ? 0 : by),
    declined: usage.declined + (status === "declined" ? by : 0),
  });
}

function sizeOf({ first, last }: Subnet["ranges"][number]): number {
  return ipv4Number(last) - ipv4Number(first) + 1;
}
