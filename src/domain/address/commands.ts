import { z } from "zod";
import { CacheThreshold } from "../network/subnet.ts";
import { ClientId } from "../values/client-id.ts";
import { Ipv4 } from "../values/ipv4.ts";
import { MacAddress } from "../values/mac-address.ts";
import { ReservationKey } from "../values/reservation-key.ts";
import { SubnetName } from "../values/slug.ts";
import { LeaseHolder } from "./binding.ts";

/** `nowMs`: the service's clock, milliseconds UTC. Time is an input of a decision, never read by it. */
const nowMs = z.int();

export const AddressCommand = z.discriminatedUnion("type", [
  /** Grants, renews, or takes over a lapsed lease. */
  z.strictObject({
    type: z.literal("GrantLease"),
    subnet: SubnetName,
    holder: LeaseHolder,
    /** Those that the client answers to: see `keysOf`. */
    keys: z.array(ReservationKey).max(8),
    relay: Ipv4.nullable(),
    leaseSeconds: z.int().positive(),
    /** Of the subnet: the part of a lease, from its start, in which a renewal is no event. */
    cacheThreshold: CacheThreshold,
    nowMs,
  }),
  z.strictObject({
    type: z.literal("ReleaseLease"),
    mac: MacAddress,
    clientId: ClientId.nullable(),
  }),
  /** Ends a lease that lapsed longer than the grace ago; does nothing to one that did not. */
  z.strictObject({ type: z.literal("ExpireLease"), nowMs }),
  z.strictObject({
    type: z.literal("DeclineAddress"),
    mac: MacAddress,
    clientId: ClientId.nullable(),
    quarantineSeconds: z.int().positive(),
    nowMs,
  }),
  z.strictObject({
    type: z.literal("ReserveAddress"),
    subnet: SubnetName,
    key: ReservationKey,
    nowMs,
  }),
  z.strictObject({ type: z.literal("RemoveReservation") }),
]);
export type AddressCommand = z.infer<typeof AddressCommand>;
