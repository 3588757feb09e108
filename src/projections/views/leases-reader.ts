import type { Binding } from "../../domain/address/binding.ts";
import type { Subnet } from "../../domain/network/subnet.ts";
import { type Ipv4, ipv4Number } from "../../domain/values/ipv4.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import type { SubnetName } from "../../domain/values/slug.ts";
import type { RowOf } from "../table.ts";
import { tableReader } from "../table-reader.ts";
import type { ViewConnection } from "../view-connection.ts";
import { type AddressRow, leaseTables } from "./leases.ts";

/** A subnet as it is served, and how full it is. */
export interface SubnetRow {
  readonly name: SubnetName;
  readonly definition: Subnet;
  /** How many addresses the ranges hold. */
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

/** Addresses are listed by number. `after`: exclusive. */
export interface AddressPage {
  readonly after?: Ipv4;
  readonly limit: number;
}

export interface LeasesReader {
  find(address: Ipv4): AddressRow | undefined;
  /** Addresses that ever had an event; both filters must hold. */
  list(
    filter: { readonly subnet?: SubnetName; readonly status?: Binding["status"] },
    page: AddressPage,
  ): readonly AddressRow[];
  /** Addresses that this interface holds, held last or declined. */
  listByMac(mac: MacAddress, page: AddressPage): readonly AddressRow[];
  listReservedFor(mac: MacAddress, page: AddressPage): readonly AddressRow[];
  findSubnet(name: SubnetName): SubnetRow | undefined;
  /** Subnets that are served, by name. `after`: exclusive. */
  listSubnets(page: { readonly after?: SubnetName; readonly limit: number }): readonly SubnetRow[];
}

export function leasesReader(connection: ViewConnection): LeasesReader {
  const address = tableReader(connection, leaseTables, "address");
  const subnet = tableReader(connection, leaseTables, "subnet");
  const usageOf = tableReader(connection, leaseTables, "usage").one("WHERE subnet = ?");
  const next = "ip > ? ORDER BY ip LIMIT ?";
  const byAddress = address.one("WHERE ip = ?");
  const bySubnetAndStatus = address.many(`WHERE subnet = ? AND status = ? AND ${next}`);
  const bySubnet = address.many(`WHERE subnet = ? AND ${next}`);
  const byStatus = address.many(`WHERE status = ? AND ${next}`);
  const byMac = address.many(`WHERE mac = ? AND ${next}`);
  const byReservation = address.many(`WHERE reservedFor = ? AND ${next}`);
  const all = address.many(`WHERE ${next}`);
  const subnetOf = subnet.one("WHERE name = ?");
  const subnets = subnet.many("WHERE name > ? ORDER BY name LIMIT ?");

  function withUsage(row: RowOf<typeof leaseTables.subnet>): SubnetRow {
    const { leased = 0, reserved = 0, declined = 0 } = usageOf(row.name) ?? {};
    return { ...row, leased, reserved, declined };
  }

  return {
    find: (ip) => byAddress(ipv4Number(ip)),
    list(filter, { after, limit }) {
      const page = [lowerBound(after), limit];
      if (filter.subnet && filter.status) return bySubnetAndStatus(filter.subnet, filter.status, ...page);
      if (filter.subnet) return bySubnet(filter.subnet, ...page);
      if (filter.status) return byStatus(filter.status, ...page);
      return all(...page);
    },
    listByMac: (mac, { after, limit }) => byMac(mac, lowerBound(after), limit),
    listReservedFor: (mac, { after, limit }) => byReservation(mac, lowerBound(after), limit),
    findSubnet(name) {
      const row = subnetOf(name);
      return row && withUsage(row);
    },
    listSubnets: ({ after = "", limit }) => subnets(after, limit).map(withUsage),
  };
}

/** Below the first address when the page is the first. */
function lowerBound(after: Ipv4 | undefined): number {
  return after === undefined ? -1 : ipv4Number(after);
}
