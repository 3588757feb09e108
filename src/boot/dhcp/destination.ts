import type { Ipv4 } from "../../domain/values/ipv4.ts";
import { messageType } from "./options/message-type.ts";
import { readOption } from "./options/option.ts";
import { type DhcpPacket, noAddress } from "./packet.ts";

export interface Destination {
  readonly address: Ipv4;
  /** A relay listens where servers do; a client has a port of its own. */
  readonly port: "server" | "client";
}

/** Every host on the wire (RFC 919 s. 7). */
const limitedBroadcast = "255.255.255.255" as Ipv4;

/**
 * Where an answer goes (RFC 2131 s. 4.1): to the relay, to the address that the client uses, or to everybody. A
 * DHCPNAK names no address of the client, so it goes to everybody.
 *
 * A client without an address is always reached by broadcast, also when it does not ask for that: unicast to an
 * address that does not answer ARP yet would need a raw socket, and the RFC allows this instead.
 */
export function destinationOf(reply: DhcpPacket): Destination {
  const type = readOption(reply.options, messageType);
  const isInformation = type === "ack" && reply.yiaddr === noAddress;
  // The answer to a DHCPINFORM goes to the client itself, even past a relay (RFC 2131 s. 4.3.5).
  if (isInformation && reply.ciaddr !== noAddress) return { address: reply.ciaddr, port: "client" };
  if (reply.giaddr !== noAddress) return { address: reply.giaddr, port: "server" };
  if (reply.ciaddr !== noAddress) return { address: reply.ciaddr, port: "client" };
  return { address: limitedBroadcast, port: "client" };
}
