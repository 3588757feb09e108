import type { DhcpOption } from "./option.ts";

const messageTypes = ["discover", "offer", "request", "decline", "ack", "nak", "release", "inform"] as const;

/** DHCPDISCOVER to DHCPINFORM. */
export type MessageType = (typeof messageTypes)[number];

/** Option 53: what makes a BOOTP message a DHCP message. Numbered from 1. */
export const messageType: DhcpOption<MessageType> = {
  code: 53,
  name: "message-type",
  source: "RFC 2132 s. 9.6",
  decode: (bytes) => (bytes.length === 1 ? messageTypes[(bytes[0] ?? 0) - 1] : undefined),
  encode: (type) => Uint8Array.of(messageTypes.indexOf(type) + 1),
};
