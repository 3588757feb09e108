import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { DhcpRequest } from "./request.ts";

/** Whether the message names this server in option 54. False when it names none. */
export type IsOurs = (request: DhcpRequest) => boolean;

/**
 * A server of several wires is one server: a client that moved names the address that we have on its old wire. Behind
 * a relay that wants renewals to pass it we are called as the relay says (RFC 5107 s. 4).
 *
 * `ownAddresses`: of this host on its wires, as they are now.
 */
export function ourServer(ownAddresses: () => readonly Ipv4[]): IsOurs {
  return ({ server, serverOverride }) =>
    server !== undefined && (server === serverOverride || ownAddresses().includes(server));
}
