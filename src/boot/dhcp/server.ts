import { createSocket, type Socket } from "node:dgram";
import { connect } from "node:net";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { DhcpCounters } from "./counters.ts";
import { destinationOf } from "./destination.ts";
import { decode, encode } from "./packet.ts";
import type { ProbeSocket } from "./probe.ts";
import type { Respond } from "./respond.ts";

export interface DhcpServerOptions {
  /** Of this host on the wire that it serves: answers leave from here, broadcasts by the interface that has it. */
  readonly wireAddress: Ipv4;
  /** 67, and the port of relays (RFC 2131 s. 4.1). 0: any free one, for tests. */
  readonly serverPort: number;
  /** 68. */
  readonly clientPort: number;
  readonly respond: Respond;
  readonly counters: DhcpCounters;
  /** Hears of what should not happen: a failing socket, an exception while handling a message. */
  readonly onError: (error: unknown) => void;
}

export interface DhcpServer {
  /** Resolves when both sockets are bound. @throws when a port is taken or needs privileges */
  start(): Promise<void>;
  /** Takes no more messages, answers those that were taken, then lets the ports go. */
  stop(): Promise<void>;
  /** The port that `start` bound. */
  port(): number;
}

/**
 * Two sockets on one port. Only a socket on 0.0.0.0 receives limited broadcasts; only one on the wire's own
 * address sends them by the right interface, and the kernel gives it what is unicast to that address.
 */
export function createDhcpServer(options: DhcpServerOptions): DhcpServer {
  const { wireAddress, serverPort, clientPort, respond, counters, onError } = options;
  const everywhere = openSocket();
  const wire = openSocket();
  const underWay = new Set<Promise<void>>();
  let isStopping = false;
  /** Relays listen on the port of servers. */
  let boundPort = serverPort;

  function openSocket(): Socket {
    const socket = createSocket({ type: "udp4", reuseAddr: true, lookup: numericLookup });
    socket.on("message", (datagram) => accept(datagram));
    socket.on("error", onError);
    return socket;
  }

  function accept(datagram: Buffer): void {
    counters.received++;
    if (isStopping) return;
    const work: Promise<void> = handle(datagram).finally(() => underWay.delete(work));
    underWay.add(work);
  }

  async function handle(datagram: Buffer): Promise<void> {
    try {
      const packet = decode(datagram);
      if (!packet) {
        counters.malformed++;
        return;
      }
      const reply = await respond(packet);
      if (!reply) return;
      const { address, port } = destinationOf(reply.packet);
      send(encode(reply.packet, reply.sizeMax), port === "server" ? boundPort : clientPort, address);
    } catch (error) {
      counters.failed++;
      onError(error);
    }
  }

  function send(datagram: Uint8Array, port: number, address: Ipv4): void {
    wire.send(datagram, port, address, (error) => {
      // A client that cannot be reached asks again; the operator sees the count.
      if (error) counters.sendFailed++;
    });
  }

  return {
    async start() {
      await bind(everywhere, "0.0.0.0", serverPort);
      boundPort = everywhere.address().port;
      await bind(wire, wireAddress, boundPort);
      wire.setBroadcast(true);
    },

    async stop() {
      isStopping = true;
      await Promise.all(underWay);
      await Promise.all([everywhere, wire].map(closeSocket));
    },

    port: () => boundPort,
  };
}

function bind(socket: Socket, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind({ address, port }, () => {
      socket.off("error", reject);
      resolve();
    });
  });
}

function closeSocket(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.close(resolve));
}

/** Every address here is numeric; the resolver's thread would only make packets wait. */
function numericLookup(
  hostname: string,
  _options: object,
  callback: (error: null, address: string, family: number) => void,
): void {
  callback(null, hostname, 4);
}

/** For `createProbe`. */
export function openProbeSocket(address: Ipv4, port: number): ProbeSocket {
  return connect({ host: address, port });
}
