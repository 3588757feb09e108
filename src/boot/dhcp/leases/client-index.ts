import type { BoundAddress } from "../../../domain/address/state.ts";
import { type LeaseIdentity, leaseIdentity } from "../../../domain/values/client-id.ts";
import type { Ipv4 } from "../../../domain/values/ipv4.ts";
import type { ReservationKey } from "../../../domain/values/reservation-key.ts";
import type { WireKey } from "../subnets.ts";
import { createWireMap, type WireMap } from "./wire-map.ts";

/** Addresses by who has them, on a wire. */
export interface ClientIndex {
  link(address: Ipv4, binding: BoundAddress): void;
  /** Takes back what was linked with the same binding. */
  unlink(address: Ipv4, binding: BoundAddress): void;
  clear(): void;
  /** The address that the client has on the wire, or had last. */
  addressOf(wire: WireKey, identity: LeaseIdentity): Ipv4 | undefined;
  /** The address that is set aside for the strongest of the client's keys on the wire. `keys`: strongest first. */
  reservedFor(wire: WireKey, keys: readonly ReservationKey[]): Ipv4 | undefined;
}

/**
 * `wireOf`: the wire that an address is of now, whatever its subnet was called when the address was recorded: networks
 * are retired and defined again under another name. An address of none is left out.
 */
export function createClientIndex(wireOf: (address: Ipv4) => WireKey | undefined): ClientIndex {
  const byIdentity = createWireMap<LeaseIdentity, Ipv4>();
  const byReservation = createWireMap<ReservationKey, Ipv4>();

  return {
    link(address, { status, reservedFor, holder }) {
      const wire = wireOf(address);
      if (!wire) return;
      if (reservedFor) byReservation.set(wire, reservedFor, address);
      // Whoever declined an address shall not be offered it again.
      if (!holder || status === "declined") return;
      const client = leaseIdentity(holder.mac, holder.clientId);
      if (status === "leased" || !byIdentity.get(wire, client)) byIdentity.set(wire, client, address);
    },

    unlink(address, { reservedFor, holder }) {
      const wire = wireOf(address);
      if (!wire) return;
      const forget = <Client extends string>(index: WireMap<Client, Ipv4>, client: Client) => {
        if (index.get(wire, client) === address) index.delete(wire, client);
      };
      if (holder) forget(byIdentity, leaseIdentity(holder.mac, holder.clientId));
      if (reservedFor) forget(byReservation, reservedFor);
    },

    clear() {
      byIdentity.clear();
      byReservation.clear();
    },

    addressOf: byIdentity.get,

    reservedFor(wire, keys) {
      if (byReservation.size === 0) return undefined;
      for (const key of keys) {
        const address = byReservation.get(wire, key);
        if (address) return address;
      }
      return undefined;
    },
  };
}
