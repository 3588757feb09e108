import { accept, reject } from "../decision.ts";
import { keysOf, type ReservationKey } from "../values/reservation-key.ts";
import type { LeaseHolder } from "./binding.ts";
import type { AddressDecision, CommandOf } from "./decision.ts";
import { freed, isLapsed } from "./lease.ts";
import type { Address, BoundAddress } from "./state.ts";

/** Sets the address aside for one client, which may hold its lease already. */
export function reserve(command: CommandOf<"ReserveAddress">, address: Address): AddressDecision {
  const { subnet, key, nowMs } = command;
  if (!address) return accept({ type: "AddressReserved", data: unusedReserved(command) });

  const { reservedFor } = address;
  if (reservedFor !== null && reservedFor !== key) {
    return reject(
      "ADDRESS_RESERVED",
      `the address is reserved for ${reservedFor}: remove that reservation, or choose another address`,
    );
  }
  if (reservedFor === key && address.subnet === subnet) return accept();

  const reserved = { subnet, reservedFor: key } as const;
  if (address.status !== "leased" || answersTo(address.holder, key)) {
    return accept({ type: "AddressReserved", data: { ...address, ...reserved } });
  }
  if (isLapsed(address, nowMs)) {
    const free = freed(address);
    return accept(
      { type: "LeaseExpired", data: free },
      { type: "AddressReserved", data: { ...free, ...reserved } },
    );
  }
  const until = new Date(address.untilMs).toISOString();
  const { mac } = address.holder;
  const message = `the address is leased to ${mac} until ${until}: choose another address, or wait`;
  const whoIsMeant = `; when ${mac} is whom ${key} means, which leases do not tell, reserve it by its MAC address`;
  return reject("ADDRESS_LEASED", isInLeases(key) ? message : message + whoIsMeant);
}

/** Whether leases tell who answers to such a key: they name neither firmware's UUIDs nor relays' circuits. */
function isInLeases(key: ReservationKey): boolean {
  return !/^(?:uuid|circuit):/.test(key);
}

/** Whether the holder is known to be the client. By a key that leases do not tell, it is taken for somebody else. */
function answersTo({ mac, clientId }: LeaseHolder, key: ReservationKey): boolean {
  return keysOf({ mac, clientId, firmwareUuid: null, circuitId: null, remoteId: null }).includes(key);
}

export function removeReservation(address: Address): AddressDecision {
  if (!address || address.reservedFor === null) return accept();
  return accept({ type: "ReservationRemoved", data: { ...address, reservedFor: null } });
}

function unusedReserved({ subnet, key }: CommandOf<"ReserveAddress">): BoundAddress {
  return {
    subnet,
    status: "free",
    reservedFor: key,
    holder: null,
    relay: null,
    leaseSeconds: null,
    untilMs: null,
  };
}
