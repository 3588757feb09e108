import { isHolder, isLapsed } from "../../../domain/address/lease.ts";
import type { BoundAddress, LeasedAddress } from "../../../domain/address/state.ts";
import type { ClientId, LeaseIdentity } from "../../../domain/values/client-id.ts";
import type { MacAddress } from "../../../domain/values/mac-address.ts";

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
  const reservedFor = binding?.reservedFor ?? null;
  if (reservedFor !== null && reservedFor !== client.mac) return "taken";
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

function standingOfLease(lease: LeasedAddress, client: LeaseClient, now: StandingNow): Standing {
  if (isHolder(lease, client)) return now.nowMs < lease.untilMs ? "current" : "available";
  // The reservation of a MAC address holds for all that the machine calls itself on its way up.
  if (lease.reservedFor === client.mac) return lease.holder.mac === client.mac ? "current" : "available";
  return isLapsed(lease, now.nowMs) && !now.isClockSuspect ? "available" : "taken";
}
