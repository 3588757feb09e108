import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/**
 * As many different UDP ports as asked for, free on every address at this moment.
 *
 * Whoever binds them later may find one taken by then: the service says so and does not start.
 */
export async function freeUdpPorts(count: number): Promise<readonly number[]> {
  const sockets = Array.from({ length: count }, () => createSocket("udp4"));
  try {
    // All are held before one is let go, or the kernel might name the same port twice.
    return await Promise.all(
      sockets.map(async (socket) => {
        socket.bind(0);
        await once(socket, "listening");
        return socket.address().port;
      }),
    );
  } finally {
    for (const socket of sockets) socket.close();
  }
}

/** A TCP port that is free on this address at this moment. */
export async function freeTcpPort(address: string): Promise<number> {
  const server = createServer();
  server.listen(0, address);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
