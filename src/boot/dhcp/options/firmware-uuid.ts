import type { DhcpOption } from "./option.ts";

/**
 * The order of the octets of a UUID on the wire: its first three fields are little-endian there, as in SMBIOS,
 * which is where firmware copies them from. The order is its own inverse.
 */
const wireOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

const hexOctets = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, "0"));

/** Type 0 of the option: a UUID follows. No other type is specified. */
const uuidType = 0;

/**
 * Option 97: the machine's UUID as SMBIOS tools print it, `11223344-5566-7788-99aa-bbccddeeff00`. It confirms
 * an identity and never establishes one: vendors ship machines that share theirs.
 */
export const firmwareUuid: DhcpOption<string> = {
  code: 97,
  name: "client-machine-identifier",
  source: "RFC 4578 s. 2.3",
  decode(octets, start = 0, end = octets.length) {
    if (end - start !== 17 || octets[start] !== uuidType) return undefined;
    let uuid = "";
    for (const [place, index] of wireOrder.entries()) {
      if (isDashBefore(place)) uuid += "-";
      uuid += hexOctets[octets[start + 1 + index] ?? 0];
    }
    return uuid;
  },
  encode(uuid) {
    const octets = Buffer.from(uuid.replaceAll("-", ""), "hex");
    return Uint8Array.of(uuidType, ...wireOrder.map((index) => octets[index] ?? 0));
  },
};

/** 8-4-4-4-12 digits (RFC 9562 s. 4), two an octet. */
function isDashBefore(place: number): boolean {
  return place === 4 || place === 6 || place === 8 || place === 10;
}
