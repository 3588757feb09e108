import type { FileHandle } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type BufferPair, sendBuffers } from "./send-buffers.ts";

const buffers = sendBuffers();

interface PumpOptions {
  readonly handle: FileHandle;
  /** The octets from `first` to `last`, both counted; none when `last` lies before `first`. */
  readonly first: number;
  readonly last: number;
  /** Its head is written already, with the length of what follows. */
  readonly response: ServerResponse;
  /** That of the request: a response may still be waiting for its turn on it. */
  readonly socket: Socket;
}

/**
 * Sends a part of a file no faster than the client reads: the next piece is read from disk while the last one goes out,
 * and no more than these two are in memory. They are used again and again, which is what makes it fast: new memory for
 * each piece would cost more than the copying.
 *
 * Resolves when all is sent, or the client is gone; the handle is closed then. @throws Error of the disk, after the
 * connection was cut: what was promised cannot be sent.
 */
export async function pumpFile({ handle, first, last, response, socket }: PumpOptions): Promise<void> {
  const pair = buffers.take();
  const gone = new AbortController();
  const onClose = () => gone.abort();
  socket.once("close", onClose);
  // It may be gone already; a response that waited for its turn on it is told nothing.
  if (socket.destroyed) gone.abort();
  // A client that goes away is told by the connection's end, and each write knows of it.
  response.on("error", () => undefined);
  try {
    if (await pump({ handle, first, last, response, pair, gone: gone.signal })) response.end();
  } catch (error) {
    response.destroy();
    throw error;
  } finally {
    socket.off("close", onClose);
    buffers.giveBack(pair);
    await handle.close();
  }
}

interface Pump extends Omit<PumpOptions, "socket"> {
  readonly pair: BufferPair;
  readonly gone: AbortSignal;
}

/** Resolves to whether all was written, when nobody uses the buffers any more. */
async function pump({ handle, first, last, response, pair, gone }: Pump): Promise<boolean> {
  let written: Promise<boolean> = Promise.resolve(true);
  let position = first;
  try {
    for (let turn = 0; position <= last; turn++) {
      const buffer = pair[turn % 2 === 0 ? 0 : 1];
      const wanted = Math.min(buffer.length, last + 1 - position);
      const { bytesRead } = await handle.read(buffer, 0, wanted, position);
      if (bytesRead === 0) throw new Error(`the file ends at octet ${position}, ${last + 1} were promised`);
      position += bytesRead;
      if (!(await written)) return false;
      written = write(response, buffer.subarray(0, bytesRead), gone);
    }
  } finally {
    await written;
  }
  return written;
}

/** Resolves to whether the client's side of the connection has taken it; `false`: the client is gone. */
function write(response: ServerResponse, bytes: Buffer, gone: AbortSignal): Promise<boolean> {
  if (gone.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const onGone = () => resolve(false);
    gone.addEventListener("abort", onGone, { once: true });
    response.write(bytes, (error) => {
      gone.removeEventListener("abort", onGone);
      resolve(!error);
    });
  });
}
