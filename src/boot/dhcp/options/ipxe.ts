import { opaque } from "./formats.ts";
import type { DhcpOption } from "./option.ts";

/**
 * Option 175: iPXE's own options, encapsulated. That a client sends it says that it is iPXE, whatever its user
 * class says.
 */
export const ipxeEncapsulated: DhcpOption<Uint8Array> = {
  code: 175,
  name: "ipxe-encapsulated-options",
  source: "iPXE, src/include/ipxe/dhcp.h",
  ...opaque,
};

/**
 * Sub-option 176 (`no-pxedhcp`) = 1: this answer is complete, do not wait three seconds for a proxyDHCP server.
 */
export const noProxyDhcp = Uint8Array.of(176, 1, 1);
