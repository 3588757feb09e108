import { createSocket } from "node:dgram";
import { type TftpProgress, type TftpWish, tftpReceiver } from "./tftp-receiver.ts";

const retryMsDefault = [1000, 1000, 2000, 4000, 8000];

interface TftpServerAddress {
  readonly address: string;
  readonly port: number;
}

/** How a transfer gets to its server. */
interface TftpRoute {
  readonly server: TftpServerAddress;
  /** The machine's own address. */
  readonly localAddress: string;
  readonly signal: AbortSignal;
  /** How long to wait before sending again; after the last wait the transfer has failed. (Default: 16 s in all) */
  readonly retryMs?: readonly number[];
}

/** A transfer that did not end well. */
export class TftpTransferError extends Error {
  override readonly name = "TftpTransferError";
}

/**
 * Asks a TFTP server for a file, from the machine's own address. Lost packets are sent again; packets of
 * strangers change nothing (RFC 1350 s. 4).
 *
 * @throws TftpTransferError
 */
export async function tftpFetch(
  wish: TftpWish,
  { server, localAddress, signal, retryMs = retryMsDefault }: TftpRoute,
): Promise<Extract<TftpProgress, { state: "received" | "sized" }>> {
  const receiver = tftpReceiver(wish);
  const socket = createSocket({ type: "udp4", signal });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  /** The port that answers for this transfer: the server's side of its identity. */
  let serverPort: number | undefined;
  let tries = 0;
  let timer: NodeJS.Timeout | undefined;

  function send(packet: Uint8Array, sent: () => void = () => undefined): void {
    const port = serverPort ?? server.port;
    socket.send(packet, port, server.address, (error) => (error ? reject(error) : sent()));
  }

  function waitOn(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      tries += 1;
      if (tries >= retryMs.length) return reject(new Error("the server answers no more"));
      send(receiver.latest);
      waitOn();
    }, retryMs[tries]);
  }

  socket.on("error", reject);
  socket.on("close", () => reject(new Error("the transfer was abandoned")));
  socket.on("message", (packet, from) => {
    if (from.address !== server.address || (serverPort !== undefined && from.port !== serverPort)) return;
    serverPort = from.port;
    const answer = receiver.take(packet);
    const isOver = receiver.progress.state !== "receiving";
    // The socket closes when it is over, and must not swallow the last acknowledgement.
    if (answer) send(answer, isOver ? resolve : undefined);
    else if (isOver) resolve();
    if (!answer || isOver) return;
    tries = 0;
    waitOn();
  });
  socket.bind(0, localAddress, () => {
    send(receiver.latest);
    waitOn();
  });

  try {
    await promise;
  } catch (cause) {
    throw failed(wish.file, cause instanceof Error ? cause.message : String(cause), cause);
  } finally {
    clearTimeout(timer);
    socket.removeAllListeners("close").close();
  }
  const { progress } = receiver;
  if (progress.state === "received" || progress.state === "sized") return progress;
  throw failed(wish.file, progress.state === "failed" ? progress.message : progress.state);
}

function failed(file: string, detail: string, cause?: unknown): TftpTransferError {
  return new TftpTransferError(`TFTP ${file}: ${detail}`, { cause });
}
