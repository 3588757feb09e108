import { z } from "zod";
import type { MacAddress } from "./mac-address.ts";

/** A DHCP client identifier (option 61, RFC 2132 s. 9.14): its bytes, 2 to 255 of them, in lower case hex. */
export const ClientId = z
  .string()
  .regex(/^(?:[0-9a-f]{2}){2,255}$/, "expected 2 to 255 octets in lower case hex")
  .brand<"ClientId">();
export type ClientId = z.infer<typeof ClientId>;

/** Who asks for an address, as leases are kept: equal identities are the same client. */
export type LeaseIdentity = `mac:${string}` | `id:${string}`;

/**
 * The identity of a DHCP client.
 *
 * A client id that is just hardware type 1 and the MAC address is the same client as one without an id:
 * iPXE sends the former, OVMF the latter, and both are one machine.
 */
export function leaseIdentity(mac: MacAddress, clientId: ClientId | null): LeaseIdentity {
  return clientId === null || isOwnMac(clientId, mac) ? `mac:${mac}` : `id:${clientId}`;
}

/** Asked of every packet, and most differ in their length already. */
function isOwnMac(clientId: ClientId, mac: MacAddress): boolean {
  if (clientId.length !== 14 || !clientId.startsWith("01")) return false;
  for (let digit = 0; digit < 12; digit++) {
    const colons = digit >> 1;
    if (clientId.charCodeAt(2 + digit) !== mac.charCodeAt(digit + colons)) return false;
  }
  return true;
}
