import type { Subnet } from "../../domain/network/subnet.ts";
import { type Ipv4, ipv4Number } from "../../domain/values/ipv4.ts";
import type { ReservationKey } from "../../domain/values/reservation-key.ts";
import type { ClientClassName, SubnetName } from "../../domain/values/slug.ts";
import type { ClientClassRow } from "../client-classes.ts";
import type { RowOf } from "../table.ts";
import { tableReader } from "../table-reader.ts";
import type { ViewConnection } from "../view-connection.ts";
import { type AddressRow, leaseTables } from "./leases.ts";
import { type EndangeredLeases, type LeaseCount, runningLeases } from "./running-leases.ts";

/** A subnet as it is served, and how full it is. */
export interface SubnetRow {
  readonly name: SubnetName;
  readonly definition: Subnet;
  /** How many addresses the ranges hold that are not excluded. */
  readonly addresses: number;
  /** Addresses with a lease that is not known to have ended. */
  readonly leased: number;
  /** Addresses that are set aside, leased or not, in a range or not. */
  readonly reserved: number;
  /** Addresses in quarantine. */
  readonly declined: number;
  readonly definedAtMs: number;
  readonly changedAtMs: number;
  readonly position: string;
}

/** Single addresses and subnets. Many are read by the collections of leases, reservations and subnets. */
export interface LeasesReader {
  find(address: Ipv4): AddressRow | undefined;
  findSubnet(name: SubnetName): SubnetRow | undefined;
  findClass(name: ClientClassName): ClientClassRow | undefined;
  /** Every address that is set aside for a client. */
  reservationsFor(key: ReservationKey): readonly Ipv4[];
  /** Leases that a change of a subnet would not go on with. */
  endangered(asked: EndangeredLeases): LeaseCount;
  /** A stored subnet with how full it is. */
  withUsage(row: RowOf<typeof leaseTables.subnet>): SubnetRow;
}

export function leasesReader(connection: ViewConnection): LeasesReader {
  const byAddress = tableReader(connection, leaseTables, "address").one("WHERE ip = ?");
  const reservedFor = tableReader(connection, leaseTables, "address").many("WHERE reservedFor = ?");
  const classOf = tableReader(connection, leaseTables, "clientClass").one("WHERE name = ?");
  const subnetOf = tableReader(connection, leaseTables, "subnet").one("WHERE name = ?");
  const usageOf = tableReader(connection, leaseTables, "usage").one("WHERE subnet = ?");

  function withUsage(row: RowOf<typeof leaseTables.subnet>): SubnetRow {
    const { total, leased = 0, reserved = 0, declined = 0 } = usageOf(row.name) ?? {};
    return { ...row, addresses: total ?? 0, leased, reserved, declined };
  }

  return {
    withUsage,
    find: (ip) => byAddress(ipv4Number(ip)),
    findClass: (name) => classOf(name),
    reservationsFor: (key) => reservedFor(key).map(({ address }) => address),
    endangered: runningLeases(connection),
    findSubnet(name) {
      const row = subnetOf(name);
      return row && withUsage(row);
    },
  };
}
