import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";
import type { Ipv4 } from "../../../domain/values/ipv4.ts";

/** Who hears what comes in by a wire's sockets. */
export interface SocketEvents {
  readonly onMessage: (datagram: Buffer, from: RemoteInfo) => void;
  readonly onError: (error: unknown) => void;
  /** A datagram did not leave. */
  readonly onSendFailed: () => void;
}

/** What one wire is heard and spoken to by. */
export interface WireSockets {
  /** The port that is heard on, and that what is sent comes from. */
  readonly port: number;
  send(datagram: Uint8Array, port: number, address: string): void;
  /** Hears nothing more. Resolves when the port is free, where that is ours to say. */
  close(): Promise<void>;
}

/** Opens the sockets of a wire. @throws Error of the socket, such as EADDRINUSE, EACCES or EADDRNOTAVAIL */
export type OpenSockets = (events: SocketEvents) => Promise<WireSockets>;

/**
 * Two sockets on one port: for one wire, without a socket that is bound to its interface. Only a socket on 0.0.0.0
 * receives limited broadcasts; only one on the wire's own address sends them by the right interface, and the kernel
 * gives it what is unicast to that address. Broadcasts of other interfaces are heard as well.
 *
 * The two must share the port, and then the kernel lets others share it, too: two DHCP servers would each take a part
 * of the messages. So it is tried first whether somebody has it. A relay on another address of this host is nobody.
 */
export function addressSockets({
  address,
  port,
}: {
  readonly address: Ipv4;
  /** 0: any free one, for tests. */
  readonly port: number;
}): OpenSockets {
  return async (events) => {
    if (port !== 0) await closeSocket(await bound(createSocket("udp4"), { address, port }));
    const everywhere = await bound(shared(), { address: "0.0.0.0", port });
    const own = everywhere.address().port;
    const wire = await bound(shared(), { address, port: own }).catch(async (error: unknown) => {
      await closeSocket(everywhere);
      throw error;
    });
    wire.setBroadcast(true);
    const both = [everywhere, wire];
    const stopHearing = both.map((socket) => hear(socket, events));
    return {
      port: own,
      send: sender(wire, events),
      async close() {
        for (const stop of stopHearing) stop();
        await Promise.all(both.map(closeSocket));
      },
    };
  };
}

/** One socket on one address: for what no client broadcasts. */
export function unicastSocket(place: { readonly address: Ipv4; readonly port: number }): OpenSockets {
  return async (events) => {
    const socket = await bound(numericSocket(), place);
    return alone(socket, events, () => closeSocket(socket));
  };
}

/**
 * A socket on 0.0.0.0 that whoever made it has bound to the wire's interface: it hears this wire alone, broadcasts and
 * all, and what it sends leaves by the interface. It cannot be made again, so closing leaves it open.
 */
export function deviceSocket(socket: Socket): OpenSockets {
  return async (events) => {
    socket.setBroadcast(true);
    return alone(socket, events, async () => undefined);
  };
}

/** Takes a socket over that another program has bound. @throws Error when the descriptor is no bound UDP socket */
export async function adoptSocket(fd: number): Promise<Socket> {
  const socket = numericSocket();
  const listening = once(socket, "listening");
  socket.bind({ fd });
  await listening;
  return socket;
}

/** Where datagrams are thrown away unread (RFC 863). */
const discardPort = 9;

/**
 * Whether the interface that the socket was bound to is gone. It is when another one has its name now: the socket then
 * hears nothing, and nothing says so but the kernel, to whoever sends by it.
 *
 * `ownAddress`: of this host, so that nothing leaves it.
 */
export function hasLostDevice(socket: Socket, ownAddress: Ipv4): Promise<boolean> {
  return new Promise((resolve) => {
    socket.send("", discardPort, ownAddress, (error) =>
      resolve(error !== null && "code" in error && error.code === "ENODEV"),
    );
  });
}

/** One socket that hears and sends. `release`: what is done with it when it is to hear no more. */
function alone(socket: Socket, events: SocketEvents, release: () => Promise<void>): WireSockets {
  const stopHearing = hear(socket, events);
  return {
    port: socket.address().port,
    send: sender(socket, events),
    async close() {
      stopHearing();
      await release();
    },
  };
}

function hear(socket: Socket, { onMessage, onError }: SocketEvents): () => void {
  socket.on("message", onMessage);
  socket.on("error", onError);
  return () => {
    socket.off("message", onMessage);
    socket.off("error", onError);
  };
}

function sender(socket: Socket, { onSendFailed }: SocketEvents): WireSockets["send"] {
  // A client that cannot be reached asks again; the operator sees the count.
  const onSent = (error: Error | null) => {
    if (error) onSendFailed();
  };
  return (datagram, port, address) => socket.send(datagram, port, address, onSent);
}

/**
 * Octets of datagrams that the kernel keeps until they are taken: some 800 messages. With what it keeps by itself a
 * burst of 200 loses some, and each of those clients waits for seconds. Linux gives at most `net.core.rmem_max`.
 */
const recvBufferSize = 1024 * 1024;

function shared(): Socket {
  return createSocket({ type: "udp4", reuseAddr: true, recvBufferSize, lookup: numericLookup });
}

function numericSocket(): Socket {
  return createSocket({ type: "udp4", lookup: numericLookup });
}

async function bound(
  socket: Socket,
  place: { readonly address: string; readonly port: number },
): Promise<Socket> {
  try {
    // An address that is not looked up may be bound before `bind` returns.
    const listening = once(socket, "listening");
    socket.bind({ ...place, exclusive: true });
    await listening;
    return socket;
  } catch (error) {
    await closeSocket(socket);
    throw error;
  }
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
