import { leaseIdentity } from "../values/client-id.ts";
import type { LeaseHolder } from "./binding.ts";
import type { BoundAddress, FreeAddress, LeasedAddress } from "./state.ts";

/**
 * How long after its end a lease still keeps others away, milliseconds: a renewal that is under way, or a
 * client whose clock runs slow, shall not meet another machine with its address.
 */
export const leaseGraceMs = 60_000;

/**
 * The part of a lease, from its start, in which a renewal only gets the remaining time. A machine asks for its
 * address three times while it boots, and only the first is news. (Kea: `cache-threshold`)
 */
export const renewalQuietPart = 0.25;

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

/** The same address without its lease. */
export function freed({ subnet, reservedFor, holder, relay }: BoundAddress): FreeAddress {
  return { subnet, status: "free", reservedFor, holder, relay, leaseSeconds: null, untilMs: null };
}
