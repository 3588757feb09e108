import { leaseIdentity } from "../values/client-id.ts";
import type { MacAddress } from "../values/mac-address.ts";
import type { ReservationKey } from "../values/reservation-key.ts";
import type { LeaseHolder } from "./binding.ts";
import type { BoundAddress, FreeAddress, LeasedAddress } from "./state.ts";

/**
 * How long after its end a lease still keeps others away, milliseconds: a renewal that is under way, or a
 * client whose clock runs slow, shall not meet another machine with its address.
 */
export const leaseGraceMs = 60_000;

/** Whether the lease ended so long ago that somebody else may have the address. */
export function isLapsed({ untilMs }: LeasedAddress, nowMs: number): boolean {
  return nowMs >= untilMs + leaseGraceMs;
}

/** Whether this is the client that holds the lease, whatever it calls itself at this stage of its boot. */
export function isHolder(
  { holder }: LeasedAddress,
  { mac, clientId }: Pick<LeaseHolder, "mac" | "clientId">,
): boolean {
  return leaseIdentity(mac, clientId) === leaseIdentity(holder.mac, holder.clientId);
}

/** Whether the address is set aside for the client that answers to these keys. */
export function isReservedFor(
  { reservedFor }: Pick<BoundAddress, "reservedFor">,
  keys: readonly ReservationKey[],
): boolean {
  return reservedFor !== null && keys.includes(reservedFor);
}

/**
 * Whether the address is set aside for somebody else. An interface that holds its lease keeps it, though a client that
 * runs says less of itself than its firmware did (option 97) and renews past its relay (option 82): nobody else's
 * lease runs on a reserved address.
 */
export function isReservedForOther(
  address: BoundAddress,
  { mac, keys }: { readonly mac: MacAddress; readonly keys: readonly ReservationKey[] },
  nowMs: number,
): boolean {
  if (address.reservedFor === null || isReservedFor(address, keys)) return false;
  return address.status !== "leased" || address.holder.mac !== mac || isLapsed(address, nowMs);
}

/** The same address without its lease. */
export function freed({ subnet, reservedFor, holder, relay }: BoundAddress): FreeAddress {
  return { subnet, status: "free", reservedFor, holder, relay, leaseSeconds: null, untilMs: null };
}
