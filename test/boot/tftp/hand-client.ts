import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";
import { decodeTftp, encodeTftp, type TftpPacket } from "../../../src/boot/tftp/packet.ts";

const loopback = "127.0.0.1";

/** A client by hand: sends to the port that answered it last, at first to the server's. */
export async function handClient(port: number, localAddress = loopback) {
  const socket: Socket = createSocket("udp4");
  socket.bind(0, localAddress);
  await once(socket, "listening");
  let peer = port;
  let heardBytes = 0;
  let heardPackets = 0;
  socket.on("message", ({ length }) => {
    heardBytes += length;
    heardPackets += 1;
  });

  async function receive(): Promise<TftpPacket | undefined> {
    const [datagram, from] = (await once(socket, "message")) as [Buffer, RemoteInfo];
    peer = from.port;
    return decodeTftp(datagram);
  }

  return {
    send: (packet: TftpPacket, to = peer) => socket.send(encodeTftp(packet), to, loopback),
    /** Asks for a file; options by name. */
    read: (file: string, options: Readonly<Record<string, string>> = {}, mode = "octet") =>
      socket.send(
        encodeTftp({ kind: "read", file, mode, options: new Map(Object.entries(options)) }),
        peer,
        loopback,
      ),
    acknowledge: (block: number) =>
      socket.send(encodeTftp({ kind: "acknowledgment", block: block & 0xffff }), peer, loopback),
    sendRaw: (bytes: Buffer) => socket.send(bytes, port, loopback),
    peerPort: () => peer,
    /** What arrived so far. */
    heard: () => ({ bytes: heardBytes, packets: heardPackets }),
    restart() {
      peer = port;
    },
    receive,
    close: () => socket.close(),
    /** Gives the transfer up. */
    async end(): Promise<void> {
      const error = encodeTftp({ kind: "error", code: 0, message: "enough" });
      await new Promise((sent) => socket.send(error, peer, loopback, sent));
      socket.close();
    },
  };
}

/** Loads a whole file in lockstep, which was asked for already and comes with `blockBytes` in a block. */
export async function loadAll(
  client: Awaited<ReturnType<typeof handClient>>,
  blockBytes: number,
): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const packet = await client.receive();
    if (packet?.kind === "option-acknowledgment") client.acknowledge(0);
    if (packet?.kind === "error") throw new Error(`error ${packet.code}: ${packet.message}`);
    if (packet?.kind !== "data") continue;
    if (packet.block === ((parts.length + 1) & 0xffff)) parts.push(packet.bytes);
    client.acknowledge(parts.length);
    if (packet.bytes.length < blockBytes) return Buffer.concat(parts);
  }
}
