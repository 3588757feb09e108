import type { Subnet } from "../../../domain/network/subnet.ts";
import type { RecordedEvent } from "../../../domain/ports/event-store.ts";
import { cidrContains, type Ipv4 } from "../../../domain/values/ipv4.ts";
import { createSubnetTable, type SubnetTable } from "../subnets.ts";
import { clientKey } from "./client-index.ts";
import type { LeaseTable } from "./lease-table.ts";
import { createOfferBook } from "./offer-book.ts";
import { createPools } from "./pools.ts";
import { type LeaseClient, type Standing, standingOf } from "./standing.ts";

/** A client that asks in a subnet. */
export interface SubnetClient extends LeaseClient {
  readonly subnet: Subnet;
}

/** Who has which address, and who is to get which. Memory only, fed by the log. */
export interface Allocator {
  readonly leases: LeaseTable;
  readonly subnets: SubnetTable;
  /** Takes any event of the log; those of subnets and addresses count. */
  apply(event: RecordedEvent): void;
  /** What the address is to the client; `"foreign"`: the subnet cannot give it to this client at all. */
  standing(address: Ipv4, client: SubnetClient, nowMs: number): Standing | "foreign";
  /**
   * The address to offer (RFC 2131 s. 4.3.1): the reserved one, the client's own or last one, the one that was
   * offered before, the one it would like, the next of the ranges. `undefined`: there is none.
   */
  choose(client: SubnetClient, wish: AddressWish): Ipv4 | undefined;
  /** Keeps the address for the client for 30 seconds. */
  offer(client: SubnetClient, address: Ipv4, nowMs: number): void;
  /** The client took the offer, or took another server's. */
  endOffer(client: SubnetClient): void;
  isOfferedToOther(address: Ipv4, client: SubnetClient, nowMs: number): boolean;
  /** Makes an address of the ranges available again whose quarantine passed. */
  giveBack(address: Ipv4): void;
}

export interface AddressWish {
  /** Option 50. */
  readonly requested: Ipv4 | undefined;
  readonly nowMs: number;
  /** Addresses that were found in use, although the log says that they are free. */
  readonly avoid: (address: Ipv4) => boolean;
}

export interface AllocatorOptions {
  /** Addresses of this host, which no client may have. */
  readonly ownAddresses: readonly Ipv4[];
  /** While true, nothing that only time would free is granted. */
  readonly clockSuspect: () => boolean;
}

export function createAllocator({ ownAddresses, clockSuspect }: AllocatorOptions): Allocator {
  const subnets = createSubnetTable();
  const pools = createPools(subnets, ownAddresses);
  const { leases } = pools;
  const offers = createOfferBook(pools.giveBack);

  function standing(address: Ipv4, client: SubnetClient, nowMs: number): Standing | "foreign" {
    const { subnet, mac } = client;
    const binding = leases.get(address)?.binding;
    const isReserved = binding?.reservedFor === mac && cidrContains(subnet.cidr, address);
    if (!isReserved && !pools.of(subnet).contains(address)) return "foreign";
    return standingOf(binding, client, { nowMs, isClockSuspect: clockSuspect() });
  }

  function isGrantable(address: Ipv4, client: SubnetClient, { nowMs, avoid }: AddressWish): boolean {
    const found = standing(address, client, nowMs);
    if (found === "current") return true;
    return found === "available" && !avoid(address) && !isOfferedToOther(address, client, nowMs);
  }

  function isOfferedToOther(address: Ipv4, client: SubnetClient, nowMs: number): boolean {
    return offers.isHeldFromOthers(address, clientKey(client.subnet.name, client.identity), nowMs);
  }

  return {
    leases,
    subnets,
    standing,
    isOfferedToOther,
    giveBack: pools.giveBack,

    apply(event) {
      if (subnets.apply(event)) leases.subnetsChanged();
      leases.apply(event);
    },

    choose(client, wish) {
      const { name } = client.subnet;
      const preferred = [
        leases.reservedFor(name, client.mac),
        leases.addressOf(name, client.identity),
        offers.addressOf(clientKey(name, client.identity), wish.nowMs),
        wish.requested,
      ];
      const known = preferred.find((address) => address && isGrantable(address, client, wish));
      if (known) return known;
      return pools.of(client.subnet).take((address) => {
        if (standing(address, client, wish.nowMs) !== "available") return "no";
        if (isOfferedToOther(address, client, wish.nowMs)) return "no";
        return wish.avoid(address) ? "later" : "yes";
      });
    },

    offer(client, address, nowMs) {
      offers.hold(clientKey(client.subnet.name, client.identity), address, nowMs);
    },

    endOffer(client) {
      offers.end(clientKey(client.subnet.name, client.identity));
    },
  };
}
