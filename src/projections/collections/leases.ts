import { AddressStatus } from "../../domain/address/binding.ts";
import { UnknownMachinePolicy } from "../../domain/network/subnet.ts";
import { type ClientClassRow, clientClassTally } from "../client-classes.ts";
import { mappedCollection } from "../query/mapped-collection.ts";
import type { SourceColumn } from "../query/source.ts";
import { type SearchableCollection, sqlCollection } from "../query/sql-collection.ts";
import type { ViewConnection } from "../view-connection.ts";
import {
  type AddressRow,
  addressTally,
  leaseTables,
  subnetTally,
  type UsageRow,
  usageTally,
} from "../views/leases.ts";
import { leasesReader, type SubnetRow } from "../views/leases-reader.ts";

const ofHolder = { table: "holder", owner: "mac", on: "mac" };
const labelsOfHolder = {
  table: "label",
  owner: "machineId",
  on: "mac",
  via: { table: "holder", from: "mac", to: "machineId" },
};

const leaseColumns = {
  address: { kind: "address", field: "ip", ordered: true },
  subnet: { kind: "text", field: "subnet", ordered: true, faceted: true },
  status: { kind: "enum", values: AddressStatus.options, field: "status", ordered: true, faceted: true },
  mac: { kind: "mac", field: "mac", ordered: true },
  machineId: { kind: "id", field: "machineId", of: ofHolder },
  clientId: { kind: "text", field: "clientId" },
  hostname: { kind: "text", field: "hostname", ordered: true },
  reservedFor: { kind: "text", field: "reservedFor" },
  until: { kind: "time", field: "untilMs", ordered: true },
  changedAt: { kind: "time", field: "changedAtMs", ordered: true },
} as const satisfies Readonly<Record<string, SourceColumn>>;

const aliases = { ip: "address", machine: "machineId", changed: "changedAt" };

/** Every address that ever had an event. Labels are those of the machine that holds it. Its view is `leases`. */
export function leaseCollection(connection: ViewConnection): SearchableCollection<AddressRow> {
  return sqlCollection(connection, {
    tables: leaseTables,
    table: "address",
    tally: addressTally,
    id: "ip",
    columns: leaseColumns,
    labels: true,
    labelsOf: labelsOfHolder,
    aliases,
    bareWord: "hostname",
    defaultOrder: { column: "address", descending: false },
    scannable: true,
  });
}

const reservationColumns = {
  address: { kind: "address", field: "ip", ordered: true },
  key: { kind: "text", field: "reservedFor", ordered: true },
  mac: { kind: "mac", field: "reservedMac", ordered: true },
  machineId: { kind: "id", field: "machineId", of: { ...ofHolder, on: "reservedMac" } },
  subnet: { kind: "text", field: "subnet", ordered: true, faceted: true },
  status: { kind: "enum", values: AddressStatus.options, field: "status", faceted: true },
} as const satisfies Readonly<Record<string, SourceColumn>>;

/** The addresses that are set aside; labels are those of the machine that they are for. Its view is `leases`. */
export function reservationCollection(connection: ViewConnection): SearchableCollection<AddressRow> {
  return sqlCollection(connection, {
    tables: leaseTables,
    table: "address",
    tally: addressTally,
    id: "ip",
    columns: reservationColumns,
    scope: { column: "key", exists: true },
    labels: true,
    labelsOf: { ...labelsOfHolder, on: "reservedMac" },
    aliases: { ip: "address", machine: "machineId", for: "key" },
    bareWord: undefined,
    defaultOrder: { column: "address", descending: false },
    scannable: true,
  });
}

const subnetColumns = {
  name: { kind: "text", field: "name", ordered: true },
  network: { kind: "address", field: "network", ordered: true },
  prefixLength: { kind: "number", field: "prefixLength", ordered: true, faceted: true },
  unknownMachines: {
    kind: "enum",
    values: UnknownMachinePolicy.options,
    field: "unknownMachines",
    faceted: true,
  },
  sharedNetwork: { kind: "text", field: "sharedNetwork" },
  definedAt: { kind: "time", field: "definedAtMs", ordered: true },
  changedAt: { kind: "time", field: "changedAtMs", ordered: true },
} as const satisfies Readonly<Record<string, SourceColumn>>;

/** The subnets that are served, of which there are few. Its view is `leases`. */
export function subnetCollection(connection: ViewConnection): SearchableCollection<SubnetRow> {
  const reader = leasesReader(connection);
  const subnets = sqlCollection(connection, {
    tables: leaseTables,
    table: "subnet",
    tally: subnetTally,
    id: "name",
    columns: subnetColumns,
    labels: false,
    aliases: { ip: "network", changed: "changedAt", defined: "definedAt" },
    bareWord: "name",
    defaultOrder: { column: "name", descending: false },
    scannable: true,
  });
  return mappedCollection(subnets, reader.withUsage);
}

const clientClassColumns = {
  name: { kind: "text", field: "name", ordered: true },
  priority: { kind: "number", field: "priority", ordered: true, faceted: true },
  definedAt: { kind: "time", field: "definedAtMs", ordered: true },
  changedAt: { kind: "time", field: "changedAtMs", ordered: true },
} as const satisfies Readonly<Record<string, SourceColumn>>;

/** The client classes, of which there are few. Its view is `leases`. */
export function clientClassCollection(connection: ViewConnection): SearchableCollection<ClientClassRow> {
  return sqlCollection(connection, {
    tables: leaseTables,
    table: "clientClass",
    tally: clientClassTally,
    id: "name",
    columns: clientClassColumns,
    labels: false,
    aliases: { changed: "changedAt", defined: "definedAt" },
    bareWord: "name",
    defaultOrder: { column: "name", descending: false },
    scannable: true,
  });
}

const usageColumns = {
  subnet: { kind: "text", field: "subnet", ordered: true },
  total: { kind: "number", field: "total", ordered: true },
  leased: { kind: "number", field: "leased", ordered: true },
  reserved: { kind: "number", field: "reserved", ordered: true },
  declined: { kind: "number", field: "declined", ordered: true },
  free: { kind: "number", field: "free", ordered: true },
  usedPercent: { kind: "number", field: "usedPercent", ordered: true, faceted: true },
} as const satisfies Readonly<Record<string, SourceColumn>>;

/** How full each subnet is that is served. Its view is `leases`. */
export function addressUsageCollection(connection: ViewConnection): SearchableCollection<UsageRow> {
  return sqlCollection(connection, {
    tables: leaseTables,
    table: "usage",
    tally: usageTally,
    id: "subnet",
    columns: usageColumns,
    scope: { column: "total", exists: true },
    labels: false,
    aliases: { used: "usedPercent" },
    bareWord: "subnet",
    defaultOrder: { column: "subnet", descending: false },
    scannable: true,
  });
}
