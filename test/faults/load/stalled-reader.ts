import { WebSocket } from "ws";
import { createFeedReader, type FeedReader } from "./feed-reader.ts";

/** Somebody who follows the log and again and again does not look at what comes: his socket is full to both ends. */
export interface StalledReader extends FeedReader {
  /** From now on nothing is read of what comes. */
  stall(): void;
  /** All is read again, by whatever is left of the connection and then by a new one. */
  goOn(): void;
}

export function createStalledReader(): StalledReader {
  const sockets = new Set<WebSocket>();
  let isStalled = false;

  /** What the program reads by, in place of `WebSocket`. */
  class StallingSocket extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols);
      sockets.add(this);
      this.once("open", () => isStalled && this.pause());
      this.once("close", () => sockets.delete(this));
    }
  }

  return {
    ...createFeedReader(StallingSocket),
    stall() {
      isStalled = true;
      for (const socket of sockets) if (socket.readyState === WebSocket.OPEN) socket.pause();
    },
    goOn() {
      isStalled = false;
      for (const socket of sockets) if (socket.readyState === WebSocket.OPEN) socket.resume();
    },
  };
}
