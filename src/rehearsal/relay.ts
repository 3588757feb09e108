import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type DhcpPacket, decode, encode } from "../boot/dhcp/packet.ts";
import type { Ipv4 } from "../domain/values/ipv4.ts";
import type { MacAddress } from "../domain/values/mac-address.ts";

/** The wire between one network interface and the relay of its network. */
interface Cable {
  send(packet: DhcpPacket): void;
  /** Answers for this interface arrive no more. */
  unplug(): void;
}

/**
 * A DHCP relay agent (RFC 1542 s. 4, RFC 2131 s. 2): the machines' broadcasts reach it, it forwards them to the
 * server, and brings the answers back to the interface that they are for.
 *
 * All machines of a rehearsal are on one host; the relay is also what makes one network of them.
 */
export interface Relay {
  plug(mac: MacAddress, receive: (packet: DhcpPacket) => void): Cable;
  close(): Promise<void>;
}

/** `giaddr`: the relay's own address on the machines' network. `port`: the server's, which relays share. */
export async function startRelay({
  giaddr,
  server,
  port,
}: {
  readonly giaddr: Ipv4;
  readonly server: Ipv4;
  readonly port: number;
}): Promise<Relay> {
  // Shared with a server that listens on all addresses: what is sent to `giaddr` comes here all the same.
  const socket = createSocket({ type: "udp4", reuseAddr: true });
  const interfaces = new Map<MacAddress, (packet: DhcpPacket) => void>();
  socket.on("message", (datagram) => {
    const packet = decode(datagram);
    if (packet?.op === "reply") interfaces.get(packet.mac)?.(packet);
  });
  socket.bind(port, giaddr);
  await once(socket, "listening");

  return {
    plug(mac, receive) {
      interfaces.set(mac, receive);
      return {
        send(packet) {
          socket.send(encode({ ...packet, hops: packet.hops + 1, giaddr }), port, server);
        },
        unplug() {
          if (interfaces.get(mac) === receive) interfaces.delete(mac);
        },
      };
    },
    async close() {
      socket.close();
      await once(socket, "close");
    },
  };
}
