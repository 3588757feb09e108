import type { NetworkInterfaceInfo } from "node:os";
import { Ipv4 } from "../../domain/values/ipv4.ts";
import { MacAddress } from "../../domain/values/mac-address.ts";
import type { WireSettings } from "./wire-settings.ts";

/** Where this host is on a wire now. */
export interface WirePlace {
  readonly address: Ipv4;
  /** Of the interface; `undefined`: no interface that is up has the address. */
  readonly mac: MacAddress | undefined;
}

/** What `os.networkInterfaces` gives: the interfaces that are up and have a link, by name. */
export type Interfaces = NodeJS.Dict<readonly NetworkInterfaceInfo[]>;

/**
 * Where the host is on a wire. `undefined`: nowhere, the interface is gone, has no link, or does not have the address.
 *
 * A wire without an interface is always where its address is: the kernel takes more addresses than interfaces list.
 */
export function findPlace(
  { interface: name, address }: Pick<WireSettings, "interface" | "address">,
  interfaces: Interfaces,
): WirePlace | undefined {
  if (name === undefined) {
    const holder = Object.values(interfaces).flatMap((each) => each ?? []);
    return address && { address, mac: macOf(holder.find((each) => each.address === address)) };
  }
  const usable = (interfaces[name] ?? []).filter(({ family }) => family === "IPv4");
  const found = usable.find((each) => (address ? each.address === address : !isLinkLocal(each.address)));
  return found && { address: Ipv4.parse(found.address), mac: macOf(found) };
}

/** RFC 3927: an address that the host gave itself, because it got none. */
function isLinkLocal(address: string): boolean {
  return address.startsWith("169.254.");
}

function macOf(info: NetworkInterfaceInfo | undefined): MacAddress | undefined {
  return info && MacAddress.safeParse(info.mac).data;
}
