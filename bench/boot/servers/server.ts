import type { Running } from "../process.ts";

/** How clients reach the server: on its own wire, by broadcast, or as a relay does, by unicast. */
export type Reach = "direct" | "relay";

/** A program that must be there, and Debian's package that has it. */
export interface Needed {
  readonly program: string;
  readonly debianPackage: string;
}

/** A DHCP server under measurement. */
export interface Server {
  readonly name: "ironledger" | "kea" | "isc" | "dnsmasq";
  /** `undefined`: it comes with the repository. */
  readonly needs: Needed | undefined;
  /** Starts it with an empty lease file in an empty directory; it serves `wire.pool` when this resolves. */
  start(directory: string, reach: Reach): Promise<Running>;
}
