import { z } from "zod";

/**
 * A 48-bit hardware address in canonical form: lower case, colon separated.
 *
 * Accepts the dash form (`52-54-00-AB-CD-EF`) that iPXE's `${mac:hexhyp}` sends
 * and normalizes it, so that two spellings of one address are equal strings.
 */
export const MacAddress = z
  .string()
  .transform((text) => text.toLowerCase().replaceAll("-", ":"))
  .pipe(z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/, "expected six hex octets"))
  .brand<"MacAddress">();
export type MacAddress = z.infer<typeof MacAddress>;

/**
 * Whether the address can name one interface: not all zeros, and no group address (IEEE 802 s. 8.2). Interfaces
 * without hardware show such addresses, many machines the same one.
 */
export function isStationAddress(mac: MacAddress): boolean {
  return mac !== "00:00:00:00:00:00" && (Number.parseInt(mac.slice(0, 2), 16) & 1) === 0;
}

/** A MAC address that can name one interface: what a machine may be known by. */
export const StationAddress = MacAddress.refine(
  isStationAddress,
  "expected the address of one interface, not a group's and not zeros",
);
