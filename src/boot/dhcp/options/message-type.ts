import type { DhcpOption } from "./option.ts";

const messageTypes = ["discover", "offer", "request", "decline", "ack", "nak", "release", "inform"] as const;

/** DHCPDISCOVER to DHCPINFORM. */
export type MessageType = (typeof messageTypes)[number];

const written = messageTypes.map((_type, index) => Uint8Array.of(index + 1));

/** Option 53: what makes a BOOTP message a DHCP message. Numbered from 1. */
export const messageType: DhcpOption<MessageType> = {
  code: 53,
  name: "message-type",
  source: "RFC 2132 s. 9.6",
  decode: (octets, start = 0, end = octets.length) =>
    end - start === 1 ? messageTypes[(octets[start] ?? 0) - 1] : undefined,
  encode: (type) => written[messageTypes.indexOf(type)] ?? new Uint8Array(1),
};
