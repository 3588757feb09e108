import type { Config } from "../../config.ts";
import { StartError } from "../start-error.ts";
import type { InheritedSockets } from "./inherited-sockets.ts";
import type { WireSettings } from "./wire-settings.ts";

/**
 * Compares the sockets that were passed on with the wires.
 *
 * One wire can be told from the rest of the world by its address. Several cannot: broadcasts of all reach every socket
 * that could hear them, unless it is bound to an interface, which Node cannot do.
 *
 * @throws StartError when there are several wires, and one that answers DHCP has no socket of its own; or a socket is
 *   of no wire
 */
export function requireSockets(
  wires: readonly WireSettings[],
  { config, sockets }: { readonly config: Pick<Config, "wire">; readonly sockets: InheritedSockets },
): void {
  const strangers = sockets.names.filter((name) => !wires.some((wire) => wire.interface === name));
  if (strangers.length > 0) {
    throw new StartError(
      `LISTEN_FDNAMES: there are sockets of ${strangers.join(", ")}, which no wire names: set wire.interface, or add ` +
        "to moreWires, or pass on none of it",
    );
  }
  if (wires.length === 1) return;
  const port = config.wire.dhcpPort;
  const without = wires.filter(
    (wire) => (wire.dhcp === "serve" || wire.dhcp === "proxy") && !sockets.find(wire.name, port),
  );
  if (without.length === 0) return;
  const flags = wires.map(({ name }) => `--wire ${name}`).join(" ");
  throw new StartError(
    `${without.map(({ key }) => key).join(", ")}: several wires need a socket each that is bound to its interface, ` +
      `and there is none for port ${port} of ${without.map(({ name }) => name).join(", ")}: start the service by ` +
      `ironledger-sockets ${flags}, or by the socket units of systemd that come with it`,
  );
}
