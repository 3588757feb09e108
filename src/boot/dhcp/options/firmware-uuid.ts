import type { DhcpOption } from "./option.ts";

/**
 * The order of the octets of a UUID on the wire: its first three fields are little-endian there, as in SMBIOS,
 * which is where firmware copies them from. The order is its own inverse.
 */
const wireOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

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
  decode(bytes) {
    if (bytes.length !== 17 || bytes[0] !== uuidType) return undefined;
    const hex = Buffer.from(wireOrder.map((index) => bytes[1 + index] ?? 0)).toString("hex");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  },
  encode(uuid) {
    const octets = Buffer.from(uuid.replaceAll("-", ""), "hex");
    return Uint8Array.of(uuidType, ...wireOrder.map((index) => octets[index] ?? 0));
  },
};
