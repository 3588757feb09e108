import { z } from "zod";
import type { ClientId } from "./client-id.ts";
import { MacAddress } from "./mac-address.ts";

const octet = "[0-9a-f]{2}";
const forms = [
  `${octet}(?::${octet}){5}`,
  `client-id:(?:${octet}){2,255}`,
  `uuid:(?:${octet}){4}(?:-(?:${octet}){2}){3}-(?:${octet}){6}`,
  `circuit:(?:${octet}){1,255}(?:/(?:${octet}){1,255})?`,
];

/**
 * Whom an address is set aside for: a MAC address as it is, `client-id:` and the octets of option 61, `uuid:` and the
 * firmware's UUID (option 97), or `circuit:` and the octets that the relay says of where the client is plugged in
 * (option 82, sub-option 1), where `/` may bring the relay's own name (sub-option 2). All in lower case.
 */
export const ReservationKey = z
  .string()
  .regex(
    new RegExp(`^(?:${forms.join("|")})$`),
    "expected a MAC address, client-id:<hex>, uuid:<uuid>, circuit:<hex> or circuit:<hex>/<hex>, in lower case",
  )
  .brand<"ReservationKey">();
export type ReservationKey = z.infer<typeof ReservationKey>;

/** All that a client may be known by, when it asks for an address. */
interface KeyTraits {
  readonly mac: MacAddress;
  readonly clientId: ClientId | null;
  /** Option 97, in lower case. */
  readonly firmwareUuid: string | null;
  /** Option 82, sub-option 1, octets in lower case hex. */
  readonly circuitId: string | null;
  /** Option 82, sub-option 2, octets in lower case hex. */
  readonly remoteId: string | null;
}

/** The key of a network interface. */
export function keyOfMac(mac: MacAddress): ReservationKey {
  return mac as string as ReservationKey;
}

/** The interface that the key names; `undefined`: it names something else. */
export function macOfKey(key: ReservationKey): MacAddress | undefined {
  return MacAddress.safeParse(key).data;
}

/**
 * The keys that the client answers to, strongest first: where several have a reservation, the first one counts. Without
 * a client id it answers to hardware type 1 and its MAC address, too: see `leaseIdentity`.
 */
export function keysOf(traits: KeyTraits): readonly ReservationKey[] {
  const { mac, clientId, firmwareUuid, circuitId, remoteId } = traits;
  const keys: string[] = [mac, `client-id:${clientId ?? `01${mac.replaceAll(":", "")}`}`];
  if (firmwareUuid !== null) keys.push(`uuid:${firmwareUuid}`);
  if (circuitId !== null && remoteId !== null) keys.push(`circuit:${circuitId}/${remoteId}`);
  if (circuitId !== null) keys.push(`circuit:${circuitId}`);
  return keys as ReservationKey[];
}
