import { networkCodec } from "../../domain/network/events.ts";
import { emptyNetwork, evolve, type Network } from "../../domain/network/state.ts";
import type { Subnet } from "../../domain/network/subnet.ts";
import type { RecordedEvent } from "../../domain/ports/event-store.ts";
import { cidrBounds, type Ipv4, ipv4Number } from "../../domain/values/ipv4.ts";

import type { ReceivingWire } from "./exchange.ts";
import type { DhcpRequest } from "./request.ts";

/** Names a wire, whatever its subnets are called; subnets that share it have the same. */
export type WireKey = `subnet ${string}` | `shared ${string}`;

/** The subnets of one wire: a client on it may have an address of any of them. */
export interface ClientNetwork {
  readonly key: WireKey;
  /** In the order of their names; at least one. */
  readonly subnets: readonly [Subnet, ...Subnet[]];
}

/** The subnets that are served, as the log defines them. */
export interface SubnetTable {
  /**
   * Takes an event of the stream `network`; every other event changes nothing. Whether some address may be of another
   * network than before.
   */
  apply(event: RecordedEvent): boolean;
  /** Subnets and client classes: the same object until one of them changes. */
  network(): Network;
  /** The subnet that the address is of; `undefined`: none that is served. Subnets do not overlap. */
  containing(address: Ipv4): Subnet | undefined;
  /** The wire that the address is of; `undefined`: none that is served. */
  networkOf(address: Ipv4): ClientNetwork | undefined;
  /** The subnet of this wire that the address is of; `undefined`: the address is of another wire. */
  subnetOn(network: ClientNetwork, address: Ipv4): Subnet | undefined;
}

/** The subnets of one size, in addresses. */
interface SameSize {
  readonly size: number;
  /** By the address of the network. */
  readonly subnets: Map<number, Subnet>;
}

/** Finds a subnet in as many steps as there are different prefix lengths. */
export function createSubnetTable(): SubnetTable {
  let network = emptyNetwork;
  let bySize: readonly SameSize[] = [];
  let networks = new Map<Subnet, ClientNetwork>();

  function index(): void {
    const sizes = new Map<number, SameSize>();
    const byKey = new Map<WireKey, ClientNetwork>();
    for (const subnet of [...network.subnets.values()].toSorted(byName)) {
      const { first, last } = cidrBounds(subnet.cidr);
      const size = last - first + 1;
      const sameSize = sizes.get(size) ?? { size, subnets: new Map<number, Subnet>() };
      sameSize.subnets.set(first, subnet);
      sizes.set(size, sameSize);
      const key = wireKey(subnet);
      const [one, ...others] = byKey.get(key)?.subnets ?? [];
      byKey.set(key, { key, subnets: one ? [one, ...others, subnet] : [subnet] });
    }
    bySize = [...sizes.values()];
    networks = new Map([...byKey.values()].flatMap((each) => each.subnets.map((subnet) => [subnet, each])));
  }

  function containing(address: Ipv4): Subnet | undefined {
    const number = ipv4Number(address);
    for (const { size, subnets } of bySize) {
      const subnet = subnets.get(number - (number % size));
      if (subnet) return subnet;
    }
    return undefined;
  }

  return {
    containing,
    network: () => network,
    apply(event) {
      if (event.stream !== "network" || !networkCodec.knows(event.type)) return false;
      const before = network;
      network = evolve(network, networkCodec.read(event));
      if (network.subnets === before.subnets) return false;
      index();
      return !haveSameAddresses(before, network);
    },

    networkOf(address) {
      const subnet = containing(address);
      return subnet && networks.get(subnet);
    },

    subnetOn({ key }, address) {
      const subnet = containing(address);
      return subnet && networks.get(subnet)?.key === key ? subnet : undefined;
    },
  };
}

/** Where a client is, and what says so. */
export interface ClientLocation {
  readonly by: "link-selection" | "subnet-selection" | "relay" | "client-address" | "wire";
  /** An address of the client's network. */
  readonly address: Ipv4;
  /** `undefined`: it is of none that is served. */
  readonly network: ClientNetwork | undefined;
}

/**
 * The wire that the client is on: what its relay says of it (RFC 3527), what it asks for itself (RFC 3011), the
 * relay's own address, the address that the client uses, or else the wire that the message came in by. Who is told a
 * network that is not served does not fall back on another one: an address of that would be of no use.
 */
export function locationOf(
  { relay, linkSelection, subnetSelection, clientAddress }: DhcpRequest,
  { address }: ReceivingWire,
  subnets: Pick<SubnetTable, "networkOf">,
): ClientLocation {
  const at = (by: ClientLocation["by"], told: Ipv4) => ({
    by,
    address: told,
    network: subnets.networkOf(told),
  });
  if (linkSelection) return at("link-selection", linkSelection);
  if (subnetSelection) return at("subnet-selection", subnetSelection);
  if (relay) return at("relay", relay);
  const own = clientAddress && at("client-address", clientAddress);
  return own?.network ? own : at("wire", address);
}

function wireKey({ name, sharedNetwork }: Subnet): WireKey {
  return sharedNetwork === null ? `subnet ${name}` : `shared ${sharedNetwork}`;
}

function byName(one: Subnet, other: Subnet): number {
  return one.name < other.name ? -1 : 1;
}

function haveSameAddresses({ subnets: before }: Network, { subnets: after }: Network): boolean {
  const isSame = ({ name, cidr, sharedNetwork }: Subnet) => {
    const was = before.get(name);
    return was?.cidr === cidr && was.sharedNetwork === sharedNetwork;
  };
  return before.size === after.size && [...after.values()].every(isSame);
}
