import { WebSocket } from "ws";
import { createFeedReader, type FeedReader } from "./feed-reader.ts";

/** Somebody who follows the log and again and again does not look at what comes: his socket is full to both ends. */
export interface StalledReader extends FeedReader {
  /** From now on nothing is read of what comes but the first of it, by a new connection. */
  stall(): void;
  /** All is read again, by whatever is left of the connection and then by a new one. */
  goOn(): void;
}

/** Makes some 5 kB of each event: of a few hundred, more than a connection holds by which nothing was ever read. */
const fields = Array.from({ length: 20 }, (_, index) => `data${index}: data`).join(" ");

export function createStalledReader(): StalledReader {
  const sockets = new Set<WebSocket>();
  let isStalled = false;

  /** What the program reads by, in place of `WebSocket`. */
  class StallingSocket extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols);
      sockets.add(this);
      this.on("message", (message) => {
        if (isStalled && String(message).includes('"data"')) this.pause();
      });
      this.once("close", () => sockets.delete(this));
    }
  }

  return {
    ...createFeedReader({ socket: StallingSocket, fields }),
    stall() {
      isStalled = true;
      // The buffers of one by which much was read have grown, to 30 MB on some machines.
      for (const socket of sockets) socket.terminate();
    },
    goOn() {
      isStalled = false;
      for (const socket of sockets) if (socket.readyState === WebSocket.OPEN) socket.resume();
    },
  };
}
