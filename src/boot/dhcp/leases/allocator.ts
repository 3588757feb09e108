import type { Subnet } from "../../../domain/network/subnet.ts";
import type { RecordedEvent } from "../../../domain/ports/event-store.ts";
import type { Ipv4 } from "../../../domain/values/ipv4.ts";
import { type ClientNetwork, createSubnetTable, type SubnetTable } from "../subnets.ts";
import { chooseAddress } from "./choose.ts";
import type { LeaseTable } from "./lease-table.ts";
import { createOffers } from "./offers.ts";
import { createPools } from "./pools.ts";
import { type LeaseClient, type Standing, standingOf, wasHolder } from "./standing.ts";

/** A client that asks on a wire. */
export interface NetworkClient extends LeaseClient {
  readonly network: ClientNetwork;
  /** It belongs to a machine: the kept part of a pool is for it, too. */
  readonly isKnown: boolean;
}

/** What an address is to a client of its wire. */
export interface Prospect {
  readonly address: Ipv4;
  readonly subnet: Subnet;
  readonly standing: Standing;
}

/** Who has which address, and who is to get which. Memory only, fed by the log. */
export interface Allocator {
  readonly leases: LeaseTable;
  readonly subnets: SubnetTable;
  /** Takes any event of the log; those of subnets and addresses count. */
  apply(event: RecordedEvent): void;
  /** What the address is to the client; `undefined`: the wire cannot give it to this client at all. */
  prospect(address: Ipv4, client: NetworkClient, nowMs: number): Prospect | undefined;
  /**
   * The address to offer (RFC 2131 s. 4.3.1): the reserved one, the client's own or last one, the one that was
   * offered before, the one it would like, the next of the ranges. `undefined`: there is none.
   */
  choose(client: NetworkClient, wish: AddressWish): Prospect | undefined;
  /** Keeps the address for the client for 30 seconds. */
  offer(client: NetworkClient, address: Ipv4, nowMs: number): void;
  /** The client took the offer, or took another server's. */
  endOffer(client: NetworkClient): void;
  isOfferedToOther(address: Ipv4, client: NetworkClient, nowMs: number): boolean;
  /** Makes an address of the ranges available again whose quarantine passed. */
  giveBack(address: Ipv4): void;
  /** Addresses of the subnet's ranges, handed out or not. */
  sizeOf(subnet: Subnet): number;
}

export interface AddressWish {
  /** Option 50. */
  readonly requested: Ipv4 | undefined;
  readonly nowMs: number;
  /** Addresses that were found in use, although the log says that they are free. */
  readonly avoid: (address: Ipv4) => boolean;
}

export interface AllocatorOptions {
  /** Addresses of this host as they are now, which no client may have. */
  readonly ownAddresses: () => readonly Ipv4[];
  /** While true, nothing that only time would free is granted. */
  readonly clockSuspect: () => boolean;
}

export function createAllocator({ ownAddresses, clockSuspect }: AllocatorOptions): Allocator {
  const subnets = createSubnetTable();
  const pools = createPools(subnets, ownAddresses);
  const { leases } = pools;
  const offers = createOffers(pools.giveBack);

  function prospect(address: Ipv4, client: NetworkClient, nowMs: number): Prospect | undefined {
    const subnet = subnets.subnetOn(client.network, address);
    if (!subnet) return undefined;
    const binding = leases.get(address)?.binding;
    const standing = standingOf(binding, client, { nowMs, isClockSuspect: clockSuspect() });
    const found = { address, subnet, standing };
    if (binding && binding.reservedFor !== null) return found;
    const pool = pools.of(subnet);
    if (pool.contains(address)) {
      const isForOthers = pool.isKept(address) && !client.isKnown && !wasHolder(binding, client);
      return isForOthers ? { ...found, standing: "taken" } : found;
    }
    // An address that was excluded while it was leased stays with its client until that lets it go.
    return standing === "current" && pool.isExcluded(address) ? found : undefined;
  }

  return {
    leases,
    subnets,
    prospect,
    choose: chooseAddress({ subnets, pools, leases, offers, prospect }),
    offer: (client, address, nowMs) => offers.hold(client, address, nowMs),
    endOffer: offers.end,
    isOfferedToOther: offers.isHeldFromOthers,
    giveBack: pools.giveBack,
    sizeOf: (subnet) => pools.of(subnet).size,
    apply(event) {
      if (subnets.apply(event)) leases.subnetsChanged();
      leases.apply(event);
    },
  };
}
