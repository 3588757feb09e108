import type { RemoteInfo } from "node:dgram";
import { messageType } from "./options/message-type.ts";
import { readOption } from "./options/option.ts";
import { type DhcpPacket, noAddress } from "./packet.ts";

/** Where a datagram goes. */
export interface Destination {
  readonly address: string;
  readonly port: number;
}

/** Finds where an answer goes. `from`: where the message that it answers came from. */
export type FindDestination = (reply: DhcpPacket, from: RemoteInfo) => Destination;

/** Every host on the wire (RFC 919 s. 7). */
export const limitedBroadcast = "255.255.255.255";

/**
 * Where an answer of a DHCP server goes (RFC 2131 s. 4.1): to the relay, to the address that the client uses, or to
 * everybody. A DHCPNAK names no address of the client, so it goes to everybody.
 *
 * A client without an address is always reached by broadcast, also when it does not ask for that: unicast to an
 * address that does not answer ARP yet would need a raw socket, and the RFC allows this instead.
 *
 * `serverPort`: where relays listen, as servers do. `clientPort`: where clients do.
 */
export function clientOrRelay({
  serverPort,
  clientPort,
}: {
  readonly serverPort: number;
  readonly clientPort: number;
}): FindDestination {
  return (reply) => {
    const { ciaddr, giaddr } = reply;
    const isInformation = reply.yiaddr === noAddress && readOption(reply.options, messageType) === "ack";
    // The answer to a DHCPINFORM goes to the client itself, even past a relay (RFC 2131 s. 4.3.5).
    if (isInformation && ciaddr !== noAddress) return { address: ciaddr, port: clientPort };
    if (giaddr !== noAddress) return { address: giaddr, port: serverPort };
    if (ciaddr !== noAddress) return { address: ciaddr, port: clientPort };
    return { address: limitedBroadcast, port: clientPort };
  };
}

/** Where a PXE boot server's answer goes: to whoever asked, from the port that it asked at (PXE 2.1 s. 2.2.4). */
export const whoeverAsked: FindDestination = (_reply, { address, port }) => ({ address, port });
