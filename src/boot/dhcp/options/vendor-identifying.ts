import { concat, uint32, uint32At } from "./formats.ts";
import type { DhcpOption } from "./option.ts";

/** What one vendor, known by its IANA enterprise number, says or is told. `data`: at most 255 octets. */
export interface VendorData {
  readonly enterprise: number;
  readonly data: Uint8Array;
}

/** One block or more, each: enterprise number, length, data. */
const vendorBlocks: Pick<DhcpOption<readonly VendorData[]>, "decode" | "encode"> = {
  decode(octets, start = 0, end = octets.length) {
    const blocks: VendorData[] = [];
    for (let at = start; at < end; ) {
      const next = at + 5 + (octets[at + 4] ?? 0);
      if (at + 5 > end || next > end) return undefined;
      blocks.push({ enterprise: uint32At(octets, at), data: octets.subarray(at + 5, next) });
      at = next;
    }
    return blocks.length > 0 ? blocks : undefined;
  },
  encode: (blocks) =>
    concat(
      blocks.flatMap(({ enterprise, data }) => [uint32.encode(enterprise), Uint8Array.of(data.length), data]),
    ),
};

/** Option 124: what kind of client this is, by vendor. */
export const vendorIdentifyingClass: DhcpOption<readonly VendorData[]> = {
  code: 124,
  name: "vendor-identifying-vendor-class",
  source: "RFC 3925 s. 3",
  ...vendorBlocks,
};

/** Option 125: option 43 for several vendors at a time. */
export const vendorIdentifyingOptions: DhcpOption<readonly VendorData[]> = {
  code: 125,
  name: "vendor-identifying-vendor-specific-information",
  source: "RFC 3925 s. 4",
  ...vendorBlocks,
};
