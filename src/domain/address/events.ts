import { defineEvent, type EventOf, eventCodec } from "../event.ts";
import { Ipv4 } from "../values/ipv4.ts";
import { bindingShape } from "./binding.ts";

/** The client may use the address until `untilMs`. In the log before the DHCPACK leaves. */
export const LeaseGranted = defineEvent("LeaseGranted", bindingShape);

/** The holder asked again and the end of its lease moved. */
export const LeaseRenewed = defineEvent("LeaseRenewed", bindingShape);

/** The holder gave the address back (DHCPRELEASE). */
export const LeaseReleased = defineEvent("LeaseReleased", bindingShape);

/** The lease ended without a renewal. */
export const LeaseExpired = defineEvent("LeaseExpired", bindingShape);

/** A client found the address in use by somebody else (DHCPDECLINE): nobody gets it until `untilMs`. */
export const AddressDeclined = defineEvent("AddressDeclined", bindingShape);

/** An operator set the address aside for one client. */
export const AddressReserved = defineEvent("AddressReserved", bindingShape);

/** The address is for whoever asks again; a lease of it goes on. */
export const ReservationRemoved = defineEvent("ReservationRemoved", bindingShape);

const addressEvents = [
  LeaseGranted,
  LeaseRenewed,
  LeaseReleased,
  LeaseExpired,
  AddressDeclined,
  AddressReserved,
  ReservationRemoved,
] as const;
export type AddressEvent = EventOf<(typeof addressEvents)[number]>;
export const addressCodec = eventCodec(addressEvents);

/** One stream per address, so that an address can have only one next holder. */
export function addressStream(address: Ipv4): string {
  return `address-${address}`;
}

/** @throws ZodError when the stream is not an address's */
export function addressOf(stream: string): Ipv4 {
  return Ipv4.parse(stream.replace(/^address-/, ""));
}

/** The same of an address's stream that is in the log: views read each of its events, and need not parse its name. */
export function trustedAddressOf(stream: string): Ipv4 {
  return stream.slice("address-".length) as Ipv4;
}
