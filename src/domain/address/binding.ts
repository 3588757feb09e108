import { z } from "zod";
import { ClientId } from "../values/client-id.ts";
import { Ipv4 } from "../values/ipv4.ts";
import { MacAddress } from "../values/mac-address.ts";
import { ReservationKey } from "../values/reservation-key.ts";
import { SubnetName } from "../values/slug.ts";

/** The client of a lease, as it named itself. */
export const LeaseHolder = z.strictObject({
  /** Option 61 (RFC 2132 s. 9.14). */
  clientId: ClientId.nullable(),
  /** Option 12 (RFC 2132 s. 3.14), reduced to a DNS label. */
  hostname: z.string().max(63).nullable(),
  mac: MacAddress,
});
export type LeaseHolder = Readonly<z.infer<typeof LeaseHolder>>;

export const AddressStatus = z.enum(["free", "leased", "declined"]);

/**
 * Everything there is to know of one address. Each event of `address-<ip>` carries it whole, so an address's
 * state is its newest event.
 *
 * The fields are in alphabetical order, here and above, as they are spelled (RFC 8785): that spares ordering them for
 * each lease.
 */
export const bindingShape = {
  /** Who holds the lease; when there is none, who held it last, or who declined it. */
  holder: LeaseHolder.nullable(),
  /** When leased: the length that was granted. */
  leaseSeconds: z.int().positive().nullable(),
  /** The relay that the request came through (giaddr, RFC 2131 s. 2). */
  relay: Ipv4.nullable(),
  /** The client that alone may lease the address: the one that answers to this key. */
  reservedFor: ReservationKey.nullable(),
  status: AddressStatus,
  subnet: SubnetName,
  /** When leased: the end of the lease. When declined: the end of the quarantine. Milliseconds UTC. */
  untilMs: z.int().nullable(),
};

export const Binding = z.strictObject(bindingShape);
export type Binding = Readonly<z.infer<typeof Binding>>;
