import { networkCodec } from "../../domain/network/events.ts";
import { emptyNetwork, evolve, type Network } from "../../domain/network/state.ts";
import type { Subnet } from "../../domain/network/subnet.ts";
import type { RecordedEvent } from "../../domain/ports/event-store.ts";
import { cidrBounds, type Ipv4, ipv4Number } from "../../domain/values/ipv4.ts";

/** The subnets that are served, as the log defines them. */
export interface SubnetTable {
  /**
   * Takes an event of the stream `network`; every other event changes nothing. Whether some address may be of another
   * subnet than before.
   */
  apply(event: RecordedEvent): boolean;
  /** The subnet that the address is of; `undefined`: none that is served. Subnets do not overlap. */
  containing(address: Ipv4): Subnet | undefined;
}

/** Finds a subnet in as many steps as there are different prefix lengths. */
export function createSubnetTable(): SubnetTable {
  let network = emptyNetwork;
  /** Network address to subnet, by the size of the network. */
  let bySize = new Map<number, Map<number, Subnet>>();

  function index(): void {
    bySize = new Map();
    for (const subnet of network.values()) {
      const { first, last } = cidrBounds(subnet.cidr);
      const size = last - first + 1;
      const sameSize = bySize.get(size) ?? new Map<number, Subnet>();
      bySize.set(size, sameSize.set(first, subnet));
    }
  }

  return {
    apply(event) {
      if (event.stream !== "network" || !networkCodec.knows(event.type)) return false;
      const before = network;
      network = evolve(network, networkCodec.read(event));
      if (network === before) return false;
      index();
      return !haveSameNetworks(before, network);
    },

    containing(address) {
      const number = ipv4Number(address);
      for (const [size, subnets] of bySize) {
        const subnet = subnets.get(number - (number % size));
        if (subnet) return subnet;
      }
      return undefined;
    },
  };
}

function haveSameNetworks(before: Network, after: Network): boolean {
  return (
    before.size === after.size && [...after].every(([name, { cidr }]) => before.get(name)?.cidr === cidr)
  );
}
