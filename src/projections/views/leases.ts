import type { Binding } from "../../domain/address/binding.ts";
import { type AddressEvent, addressCodec, trustedAddressOf } from "../../domain/address/events.ts";
import { type NetworkEvent, networkCodec } from "../../domain/network/events.ts";
import type { AddressRange, Subnet, UnknownMachinePolicy } from "../../domain/network/subnet.ts";
import type { RecordedEvent } from "../../domain/ports/event-store.ts";
import type { ClientId } from "../../domain/values/client-id.ts";
import { cidrBounds, type Ipv4, ipv4Number } from "../../domain/values/ipv4.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import { macOfKey, type ReservationKey } from "../../domain/values/reservation-key.ts";
import type { SharedNetworkName, SubnetName } from "../../domain/values/slug.ts";
import { clientClassTable, rememberClasses } from "../client-classes.ts";
import { holderTable, rememberHolders } from "../interface-holders.ts";
import { labelTable, rememberLabels } from "../machine-labels.ts";
import { integer, integerOrNull, json, type RowOf, table, text, textOrNull } from "../table.ts";
import { countRow, tallyTable } from "../tally.ts";
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
      /** The client that alone may lease the address. */
      reservedFor: textOrNull<ReservationKey>(),
      /** Its interface, where the reservation names one. */
      reservedMac: textOrNull<MacAddress>(),
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
    indexes: [
      ["subnet"],
      ["status"],
      ["mac"],
      ["clientId"],
      ["hostname"],
      ["reservedFor"],
      ["reservedMac"],
      ["untilMs"],
      ["changedAtMs"],
    ],
  }),
  holder: holderTable,
  label: labelTable,
  subnet: table({
    columns: {
      name: text<SubnetName>(),
      definition: json<Subnet>(),
      /** The network's first address, as a number. */
      network: integer(),
      prefixLength: integer(),
      unknownMachines: text<UnknownMachinePolicy>(),
      sharedNetwork: textOrNull<SharedNetworkName>(),
      definedAtMs: integer(),
      changedAtMs: integer(),
      position: text(),
    },
    key: ["name"],
  }),
  usage: table({
    columns: {
      subnet: text<SubnetName>(),
      /** Addresses in its ranges that are not excluded; `null` when it is served no more. */
      total: integerOrNull(),
      leased: integer(),
      reserved: integer(),
      declined: integer(),
      /** Addresses of its ranges that nobody holds; 0 when more are held than the ranges have. */
      free: integerOrNull(),
      /** Leased and declined ones, as a share of the ranges, rounded down, 0 to 100. */
      usedPercent: integerOrNull(),
    },
    key: ["subnet"],
  }),
  clientClass: clientClassTable,
  tally: tallyTable,
};

/** What is counted of addresses, subnets and usages. */
export const addressTally = { collection: "address", columns: ["subnet", "status"] } as const;
export const subnetTally = { collection: "subnet", columns: ["unknownMachines", "prefixLength"] } as const;
export const usageTally = { collection: "usage", columns: [] } as const;

export type AddressRow = RowOf<typeof leaseTables.address>;
/** How full a subnet is. */
export type UsageRow = RowOf<typeof leaseTables.usage>;
type LeaseRows = Rows<typeof leaseTables>;

const addressChanged = (event: RecordedEvent<AddressEvent>, rows: LeaseRows) => {
  const row = addressRow(event);
  // The first event of an address finds no row, which need not be looked for.
  const before = event.revision === 0 ? undefined : rows.address.get(row.ip);
  if (before) count(rows, before, -1);
  count(rows, row, 1);
  countRow(rows.tally, addressTally, { before, after: row });
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
  const { name, ranges, exclusions, unknownMachines, sharedNetwork } = subnet;
  const before = rows.subnet.get(name);
  const { first: network, prefixLength } = cidrBounds(subnet.cidr);
  const row = {
    name,
    definition: subnet,
    network,
    prefixLength,
    unknownMachines,
    sharedNetwork,
    definedAtMs: before?.definedAtMs ?? time,
    changedAtMs: time,
    position,
  };
  countRow(rows.tally, subnetTally, { before, after: row });
  rows.subnet.put(row);
  // No two ranges share addresses, nor do two exclusions, each of which lies within a range.
  changeUsage(rows, name, { total: sizeOf(ranges) - sizeOf(exclusions) });
};

const onNetwork = handling<NetworkEvent, LeaseRows>(networkCodec, {
  SubnetDefined: subnetChanged,
  SubnetChanged: subnetChanged,
  SubnetRetired({ data: { name } }, rows) {
    countRow(rows.tally, subnetTally, { before: rows.subnet.get(name), after: undefined });
    rows.subnet.delete(name);
    changeUsage(rows, name, { total: null });
  },
});

/** Who holds which address, how full each subnet is, and which client classes there are. */
export const leases: View<typeof leaseTables> = {
  name: "leases",
  version: 4,
  tables: leaseTables,
  apply(event, rows, ordinal) {
    onAddress(event, rows, ordinal);
    onNetwork(event, rows, ordinal);
    rememberClasses(event, rows, ordinal);
    rememberHolders(event, rows.holder);
    rememberLabels(event, rows.label);
  },
};

function addressRow({ stream, revision, time, position, data }: RecordedEvent<AddressEvent>): AddressRow {
  const address = trustedAddressOf(stream);
  const { subnet, status, reservedFor, holder, relay, leaseSeconds, untilMs } = data;
  return {
    ip: ipv4Number(address),
    address,
    subnet,
    status,
    reservedFor,
    reservedMac: reservedFor === null ? null : (macOfKey(reservedFor) ?? null),
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
  const { leased, reserved, declined } = rows.usage.get(subnet) ?? unused;
  changeUsage(rows, subnet, {
    leased: leased + (status === "leased" ? by : 0),
    reserved: reserved + (reservedFor === null ? 0 : by),
    declined: declined + (status === "declined" ? by : 0),
  });
}

const unused = { total: null, leased: 0, reserved: 0, declined: 0, free: null, usedPercent: null } as const;

function changeUsage(rows: LeaseRows, subnet: SubnetName, changes: Partial<UsageRow>): void {
  const before = rows.usage.get(subnet);
  const usage = { ...(before ?? { ...unused, subnet }), ...changes };
  const after = { ...usage, ...sharesOf(usage) };
  countRow(rows.tally, usageTally, { before, after });
  rows.usage.put(after);
}

function sharesOf({ total, leased, declined }: Pick<UsageRow, "total" | "leased" | "declined">) {
  if (total === null) return { free: null, usedPercent: null };
  const used = Math.min(total, leased + declined);
  return { free: total - used, usedPercent: total === 0 ? 0 : Math.floor((100 * used) / total) };
}

function sizeOf(ranges: readonly AddressRange[]): number {
  return ranges.reduce((sum, { first, last }) => sum + ipv4Number(last) - ipv4Number(first) + 1, 0);
}
