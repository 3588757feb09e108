import { accept, reject } from "../decision.ts";
import type { AddressDecision, CommandOf } from "./decision.ts";
import { freed, isLapsed } from "./lease.ts";
import type { Address, BoundAddress } from "./state.ts";

/** Sets the address aside for one machine, which may hold its lease already. */
export function reserve(command: CommandOf<"ReserveAddress">, address: Address): AddressDecision {
  const { subnet, mac, nowMs } = command;
  if (!address) return accept({ type: "AddressReserved", data: unusedReserved(command) });

  const { reservedFor } = address;
  if (reservedFor !== null && reservedFor !== mac) {
    return reject(
      "ADDRESS_RESERVED",
      `the address is reserved for ${reservedFor}: remove that reservation, or choose another address`,
    );
  }
  if (reservedFor === mac && address.subnet === subnet) return accept();

  const reserved = { subnet, reservedFor: mac } as const;
  if (address.status !== "leased" || address.holder.mac === mac) {
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
  return reject(
    "ADDRESS_LEASED",
    `the address is leased to ${address.holder.mac} until ${until}: choose another address, or wait`,
  );
}

export function removeReservation(address: Address): AddressDecision {
  if (!address || address.reservedFor === null) return accept();
  return accept({ type: "ReservationRemoved", data: { ...address, reservedFor: null } });
}

function unusedReserved({ subnet, mac }: CommandOf<"ReserveAddress">): BoundAddress {
  return {
    subnet,
    status: "free",
    reservedFor: mac,
    holder: null,
    relay: null,
    leaseSeconds: null,
    untilMs: null,
  };
}
