import { opaque, uint16At } from "./formats.ts";
import type { DhcpOption } from "./option.ts";
import { findSubOption } from "./sub-options.ts";

/** Option 43: what only the vendor class's own clients understand. */
export const vendorSpecific: DhcpOption<Uint8Array> = {
  code: 43,
  name: "vendor-specific-information",
  source: "RFC 2132 s. 8.4",
  ...opaque,
};

/** What option 43 holds between PXE clients and their servers (PXE 2.1 s. 2.2.3). */
export interface PxeOptions {
  /**
   * Sub-option 6 (PXE_DISCOVERY_CONTROL), a sum: 1 no broadcast discovery, 2 no multicast discovery, 4 only the listed
   * boot servers, 8 load the answer's boot file at once, without a prompt or discovery. `undefined`: not there.
   */
  readonly discoveryControl: number | undefined;
  /** Sub-option 71 (PXE_BOOT_ITEM): the type of the boot server that is asked, and the layer. */
  readonly bootItem: { readonly type: number; readonly layer: number } | undefined;
}

/** Load what the answer names, and look no further. */
export const bootAtOnce = 8;

/** Option 43 as PXE fills it. */
export const pxeOptions: Pick<DhcpOption<PxeOptions>, "code" | "decode" | "encode"> = {
  code: vendorSpecific.code,
  decode(octets, start = 0, end = octets.length) {
    const at = (code: number) => findSubOption(octets, code, { start, end, padded: true });
    const control = at(6);
    const item = at(71);
    return {
      discoveryControl: control && control[1] - control[0] === 1 ? octets[control[0]] : undefined,
      bootItem:
        item && item[1] - item[0] === 4
          ? { type: uint16At(octets, item[0]), layer: uint16At(octets, item[0] + 2) }
          : undefined,
    };
  },
  encode: ({ discoveryControl, bootItem }) =>
    Uint8Array.from([
      ...(discoveryControl === undefined ? [] : [6, 1, discoveryControl]),
      ...(bootItem ? [71, 4, bootItem.type >>> 8, bootItem.type, bootItem.layer >>> 8, bootItem.layer] : []),
      255,
    ]),
};
