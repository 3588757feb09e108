import { createSocket } from "node:dgram";
import { once } from "node:events";
import { leaseTime, serverIdentifier } from "../../src/boot/dhcp/options/configuration.ts";
import { type MessageType, messageType } from "../../src/boot/dhcp/options/message-type.ts";
import { optionEntry, readOption } from "../../src/boot/dhcp/options/option.ts";
import { type DhcpPacket, decode, encode } from "../../src/boot/dhcp/packet.ts";
import type { Ipv4 } from "../../src/domain/values/ipv4.ts";

/** What a fake server answers: nothing, or a type and options beside the usual ones. */
type FakeReply =
  | { readonly type: MessageType; readonly options?: readonly (readonly [number, Uint8Array])[] }
  | undefined;

export interface FakeDhcp {
  readonly port: number;
  readonly seen: readonly DhcpPacket[];
  close(): Promise<void>;
}

export const fakeServer = "127.0.0.1" as Ipv4;

/** A server that offers every client one address and answers as `reply` says, by the count of what came. */
export async function startFakeDhcp(
  yiaddr: Ipv4,
  reply: (type: MessageType, count: number) => FakeReply,
): Promise<FakeDhcp> {
  const socket = createSocket("udp4");
  const seen: DhcpPacket[] = [];
  socket.on("message", (datagram, from) => {
    const packet = decode(datagram);
    const type = packet && readOption(packet.options, messageType);
    if (!packet || !type) throw new Error("the client sent what cannot be read");
    seen.push(packet);
    const answer = reply(type, seen.length);
    if (!answer) return;
    const options = new Map([
      optionEntry(messageType, answer.type),
      optionEntry(serverIdentifier, fakeServer),
      optionEntry(leaseTime, 600),
      ...(answer.options ?? []),
    ]);
    const { xid, broadcast, ciaddr, giaddr, mac } = packet;
    const header = { op: "reply", hops: 0, xid, secs: 0, broadcast, ciaddr, giaddr, mac } as const;
    const names = { sname: "", file: "" };
    socket.send(
      encode({ ...header, ...names, yiaddr, siaddr: fakeServer, options }),
      from.port,
      packet.giaddr,
    );
  });
  socket.bind(0, fakeServer);
  await once(socket, "listening");
  return {
    port: socket.address().port,
    seen,
    async close() {
      socket.close();
      await once(socket, "close");
    },
  };
}
