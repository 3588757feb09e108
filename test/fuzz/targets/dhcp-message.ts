import { octets, type Random, tellingCodes } from "../mutate.ts";

/** Addresses that mean something where the messages go: none, the server, a lease, a relay, another network. */
const addresses = [
  "00000000",
  "0a4d0001",
  "0a4d000a",
  "0a4d000b",
  "0a4d00fa",
  "c633645a",
  "c0000201",
  "ffffffff",
];
/** Types that clients send, DHCPDISCOVER and DHCPREQUEST more often than the others. */
const types = [1, 1, 1, 3, 3, 3, 4, 7, 8, 8, 2, 9];
const vendors = ["PXEClient:Arch:00007:UNDI:003000", "HTTPClient:Arch:00016", "udhcp 1.35", ""];
const relayed = ["0104000000090202beef", "05040a4d0000", "0b040a4d00fa", "0105ff", "00ff"];

/** A message that is well formed, and says whatever comes to mind. */
export function dhcpMessage(random: Random): Uint8Array {
  const of = <Value>(values: readonly Value[], fallback: Value) => values[random(values.length)] ?? fallback;
  const address = () => Buffer.from(of(addresses, ""), "hex");
  const header = Buffer.alloc(240);
  header.set([1, 1, 6, random(3), ...octets(4, random), 0, random(256), random(2) * 0x80]);
  header.set(random(3) === 0 ? address() : [], 12);
  header.set(random(3) === 0 ? address() : [], 24);
  header.set([0x52, 0x54, 0, 0x77, 0, random(24)], 28);
  header.writeUInt32BE(0x63825363, 236);

  const valueFor = (code: number): Uint8Array => {
    switch (code) {
      case 50:
      case 54:
      case 118:
        return address();
      case 57:
        return Uint8Array.of(random(8), random(256));
      case 60:
        return Buffer.from(of(vendors, ""));
      case 77:
        return Buffer.from(of(["iPXE", "\x04iPXE", "\x03lab"], ""));
      case 82:
        return Buffer.from(of(relayed, "") + of(relayed, ""), "hex");
      case 93:
        return Uint8Array.of(0, of([0, 6, 7, 9, 11, 16, 19], 0));
      default:
        return octets(random(random(6) === 0 ? 256 : 20), random);
    }
  };
  const codes = [...tellingCodes, 224].filter((code) => code !== 52 && code !== 53 && random(3) === 0);
  const options = codes.map((code) => {
    const value = valueFor(code);
    return Buffer.from([code, value.length, ...value]);
  });
  return Buffer.concat([header, Buffer.from([53, 1, of(types, 1)]), ...options, Buffer.from([255])]);
}
