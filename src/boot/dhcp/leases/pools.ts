import type { Subnet } from "../../../domain/network/subnet.ts";
import type { Ipv4 } from "../../../domain/values/ipv4.ts";
import type { SubnetTable } from "../subnets.ts";
import { type AddressPool, createAddressPool } from "./address-pool.ts";
import { createLeaseTable, type LeaseTable } from "./lease-table.ts";

/** The pools of all subnets, and the leases, whose ends fill them. */
export interface Pools {
  readonly leases: LeaseTable;
  of(subnet: Subnet): AddressPool;
  /** The address may be handed out again; one that is leased meanwhile stays where it is. */
  giveBack(address: Ipv4): void;
}

/** `ownAddresses`: of this host as they are now, which no client may have. */
export function createPools(subnets: SubnetTable, ownAddresses: () => readonly Ipv4[]): Pools {
  /** A changed subnet is another object, and gets another pool; the old one goes with the old object. */
  const pools = new WeakMap<Subnet, AddressPool>();
  const leases = createLeaseTable({
    wireOf: (address) => subnets.networkOf(address)?.key,
    freed(address) {
      const subnet = subnets.containing(address);
      if (subnet) pools.get(subnet)?.giveBack(address);
    },
  });
  const isOwn = (address: Ipv4) => ownAddresses().includes(address);
  const isKnown = (address: Ipv4) => leases.get(address) !== undefined;

  function poolOf(subnet: Subnet): AddressPool {
    const known = pools.get(subnet);
    if (known) return known;
    const pool = createAddressPool(subnet, { isOwn, isKnown });
    pools.set(subnet, pool);
    for (const address of leases.unleasedIn(subnet.cidr)) pool.giveBack(address);
    return pool;
  }

  return {
    leases,
    of: poolOf,
    giveBack(address) {
      if (leases.get(address)?.binding.status === "leased") return;
      const subnet = subnets.containing(address);
      if (subnet) poolOf(subnet).giveBack(address);
    },
  };
}
