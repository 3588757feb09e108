import type { BoundAddress } from "../../../domain/address/state.ts";
import { type LeaseIdentity, leaseIdentity } from "../../../domain/values/client-id.ts";
import type { Ipv4 } from "../../../domain/values/ipv4.ts";
import type { MacAddress } from "../../../domain/values/mac-address.ts";
import type { SubnetName } from "../../../domain/values/slug.ts";

/** Addresses by who has them, within a subnet. */
export interface ClientIndex {
  link(address: Ipv4, binding: BoundAddress): void;
  /** Takes back what was linked with the same binding. */
  unlink(address: Ipv4, binding: BoundAddress): void;
  clear(): void;
  /** The address that the client has in the subnet, or had last. */
  addressOf(subnet: SubnetName, identity: LeaseIdentity): Ipv4 | undefined;
  /** The address that is set aside for the interface in the subnet. */
  reservedFor(subnet: SubnetName, mac: MacAddress): Ipv4 | undefined;
}

/**
 * `subnetOf`: the subnet that an address is of now, whatever that was called when the address was recorded: networks
 * are retired and defined again under another name. An address of none is left out.
 */
export function createClientIndex(subnetOf: (address: Ipv4) => SubnetName | undefined): ClientIndex {
  const byIdentity = new Map<string, Ipv4>();
  const byReservation = new Map<string, Ipv4>();

  return {
    link(address, { status, reservedFor, holder }) {
      const subnet = subnetOf(address);
      if (!subnet) return;
      if (reservedFor) byReservation.set(clientKey(subnet, reservedFor), address);
      // Whoever declined an address shall not be offered it again.
      if (!holder || status === "declined") return;
      const client = clientKey(subnet, leaseIdentity(holder.mac, holder.clientId));
      if (status === "leased" || !byIdentity.has(client)) byIdentity.set(client, address);
    },

    unlink(address, { reservedFor, holder }) {
      const subnet = subnetOf(address);
      if (!subnet) return;
      if (holder) forget(byIdentity, clientKey(subnet, leaseIdentity(holder.mac, holder.clientId)), address);
      if (reservedFor) forget(byReservation, clientKey(subnet, reservedFor), address);
    },

    clear() {
      byIdentity.clear();
      byReservation.clear();
    },

    addressOf: (subnet, identity) => byIdentity.get(clientKey(subnet, identity)),
    reservedFor: (subnet, mac) => byReservation.get(clientKey(subnet, mac)),
  };
}

/** A client within a subnet, as one key. */
export function clientKey(subnet: SubnetName, client: LeaseIdentity | MacAddress): string {
  return `${subnet} ${client}`;
}

function forget(index: Map<string, Ipv4>, key: string, address: Ipv4): void {
  if (index.get(key) === address) index.delete(key);
}
