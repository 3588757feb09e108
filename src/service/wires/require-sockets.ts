import type { Config } from "../../config.ts";
import { StartError } from "../start-error.ts";
import type { InheritedSockets } from "./inherited-sockets.ts";
import type { WireSettings } from "./wire-settings.ts";

/**
 * One wire can be told from the rest of the world by its address. Several cannot: broadcasts of all reach every socket
 * that could hear them, unless it is bound to an interface, which Node cannot do.
 *
 * @throws StartError when there are several wires, and one that answers DHCP has no socket of its own
 */
export function requireSockets(
  wires: readonly WireSettings[],
  { config, sockets }: { readonly config: Pick<Config, "wire">; readonly sockets: InheritedSockets },
): void {
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
