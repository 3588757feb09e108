import type { DhcpOption } from "./option.ts";
import { findSubOption } from "./sub-options.ts";

/** Sub-option 176 (`no-pxedhcp`): the answer is complete, do not wait three seconds for a proxyDHCP server. */
const noProxyDhcpCode = 176;

/** Feature flags, src/include/ipxe/features.h: sub-options whose value is a version, 0 for "not built in". */
const featureByCode: Readonly<Record<number, string>> = {
  16: "pxe-extensions",
  17: "iscsi",
  18: "aoe",
  19: "http",
  20: "https",
  21: "tftp",
  22: "ftp",
  23: "dns",
  24: "bzimage",
  25: "multiboot",
  27: "srp",
  32: "nbi",
  33: "pxe",
  34: "elf",
  35: "comboot",
  36: "efi",
  37: "fcoe",
  38: "vlan",
  39: "menu",
  40: "sdi",
  41: "nfs",
};

/** iPXE's own options. */
export interface IpxeOptions {
  /** In answers: do not wait for a proxyDHCP server. */
  readonly noProxyDhcp: boolean;
  /** In requests: what this build of iPXE can do, in the order of the sub-options' codes. */
  readonly features: readonly string[];
}

/**
 * Option 175: iPXE's own options, encapsulated. That a client sends it says that it is iPXE, whatever its user
 * class says.
 */
export const ipxeEncapsulated: DhcpOption<IpxeOptions> = {
  code: 175,
  name: "ipxe-encapsulated-options",
  source: "iPXE, src/include/ipxe/dhcp.h",
  decode(octets, start = 0, end = octets.length) {
    const isSet = (code: number) => {
      const found = findSubOption(octets, code, { start, end, padded: true });
      return found !== undefined && octets.subarray(...found).some((octet) => octet !== 0);
    };
    const features = Object.entries(featureByCode).filter(([code]) => isSet(Number(code)));
    return { noProxyDhcp: isSet(noProxyDhcpCode), features: features.map(([, name]) => name) };
  },
  encode({ noProxyDhcp, features }) {
    const codes = Object.entries(featureByCode).filter(([, name]) => features.includes(name));
    return Uint8Array.from([
      ...(noProxyDhcp ? [noProxyDhcpCode, 1, 1] : []),
      ...codes.flatMap(([code]) => [Number(code), 1, 1]),
    ]);
  },
};
