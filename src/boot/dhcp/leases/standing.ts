import { isHolder, isLapsed, isReservedForOther } from "../../../domain/address/lease.ts";
import type { BoundAddress, LeasedAddress } from "../../../domain/address/state.ts";
import { type ClientId, type LeaseIdentity, leaseIdentity } from "../../../domain/values/client-id.ts";
import type { MacAddress } from "../../../domain/values/mac-address.ts";
import type { ReservationKey } from "../../../domain/values/reservation-key.ts";

/** What an address is to a client. */
export type Standing =
  /** Its lease is the client's, and runs. */
  | "current"
  /** Nobody's: it can be granted. */
  | "available"
  /** Somebody else's, or out of use. */
  | "taken";

/** A client, as leases know it. */
export interface LeaseClient {
  readonly mac: MacAddress;
  readonly clientId: ClientId | null;
  readonly identity: LeaseIdentity;
  /** What reservations may know it by, strongest first. */
  readonly keys: readonly ReservationKey[];
}

export interface StandingNow {
  readonly nowMs: number;
  /** The clock may be wrong: a lease of somebody else then counts as running, however old it looks. */
  readonly isClockSuspect: boolean;
}

/** `undefined` as binding: nothing was ever recorded of the address. */
export function standingOf(
  binding: BoundAddress | undefined,
  client: LeaseClient,
  now: StandingNow,
): Standing {
  if (binding && isReservedForOther(binding, client, now.nowMs)) return "taken";
  switch (binding?.status) {
    case undefined:
    case "free":
      return "available";
    case "declined":
      return now.nowMs >= binding.untilMs && !now.isClockSuspect ? "available" : "taken";
    case "leased":
      return standingOfLease(binding, client, now);
  }
}

/** Whether the client holds the address's lease, or was the last that held it. */
export function wasHolder(binding: BoundAddress | undefined, { identity }: LeaseClient): boolean {
  const holder = binding?.holder;
  return holder ? leaseIdentity(holder.mac, holder.clientId) === identity : false;
}

function standingOfLease(lease: LeasedAddress, client: LeaseClient, now: StandingNow): Standing {
  if (isHolder(lease, client)) return now.nowMs < lease.untilMs ? "current" : "available";
  // A reservation holds for all that the interface calls itself on its way up.
  if (lease.reservedFor !== null && lease.holder.mac === client.mac) return "current";
  return isLapsed(lease, now.nowMs) && !now.isClockSuspect ? "available" : "taken";
}
