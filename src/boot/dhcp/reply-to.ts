import type { DhcpPacket } from "./packet.ts";

/** What a server's answer has of its own; the rest comes from the message (RFC 2131 table 3). */
type OwnFields = Pick<DhcpPacket, "ciaddr" | "yiaddr" | "siaddr" | "file" | "options">;

/** The answer to a client's message. */
export function replyTo(message: DhcpPacket, own: OwnFields): DhcpPacket {
  return {
    op: "reply",
    hops: 0,
    xid: message.xid,
    secs: 0,
    broadcast: message.broadcast,
    ciaddr: own.ciaddr,
    yiaddr: own.yiaddr,
    siaddr: own.siaddr,
    giaddr: message.giaddr,
    mac: message.mac,
    sname: "",
    file: own.file,
    options: own.options,
  };
}
