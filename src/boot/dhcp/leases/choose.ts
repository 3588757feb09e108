import type { Subnet } from "../../../domain/network/subnet.ts";
import type { Ipv4 } from "../../../domain/values/ipv4.ts";
import type { SubnetTable } from "../subnets.ts";
import type { AddressWish, NetworkClient, Prospect } from "./allocator.ts";
import type { LeaseTable } from "./lease-table.ts";
import type { Offers } from "./offers.ts";
import type { Pools } from "./pools.ts";

export interface ChooseOptions {
  readonly subnets: SubnetTable;
  readonly pools: Pools;
  readonly leases: LeaseTable;
  readonly offers: Offers;
  readonly prospect: (address: Ipv4, client: NetworkClient, nowMs: number) => Prospect | undefined;
}

/**
 * The address to offer (RFC 2131 s. 4.3.1): the reserved one, the client's own or last one, the one that was offered
 * before, the one it would like where the subnet looks at wishes, the next of the ranges.
 */
export function chooseAddress({ subnets, pools, leases, offers, prospect }: ChooseOptions) {
  function isGrantable({ address, standing }: Prospect, client: NetworkClient, wish: AddressWish): boolean {
    if (standing === "current") return true;
    if (standing === "taken" || wish.avoid(address)) return false;
    return !offers.isHeldFromOthers(address, client, wish.nowMs);
  }

  /** Option 50, where the subnet of that address looks at wishes. */
  function hintOf({ network }: NetworkClient, { requested }: AddressWish): Ipv4 | undefined {
    return requested && subnets.subnetOn(network, requested)?.picker === "hint" ? requested : undefined;
  }

  function takeNext(subnet: Subnet, client: NetworkClient, wish: AddressWish): Prospect | undefined {
    const { nowMs, avoid } = wish;
    const address = pools.of(subnet).take((each) => {
      if (prospect(each, client, nowMs)?.standing !== "available") return "no";
      if (offers.isHeldFromOthers(each, client, nowMs)) return "no";
      return avoid(each) ? "later" : "yes";
    }, client.isKnown);
    return address && { address, subnet, standing: "available" };
  }

  return (client: NetworkClient, wish: AddressWish): Prospect | undefined => {
    const { network, identity, keys } = client;
    const preferred = [
      leases.reservedFor(network.key, keys),
      leases.addressOf(network.key, identity),
      offers.addressOf(client, wish.nowMs),
      hintOf(client, wish),
    ];
    for (const address of preferred) {
      const found = address && prospect(address, client, wish.nowMs);
      if (found && isGrantable(found, client, wish)) return found;
    }
    for (const subnet of network.subnets) {
      const next = takeNext(subnet, client, wish);
      if (next) return next;
    }
    return undefined;
  };
}
