import type { Server } from "node:http";
import type { Socket } from "node:net";

const connectionsMax = 4_096;
/** From one address. A machine needs a few; one that wants more must not take those of all others. */
const connectionsPerSourceMax = 64;
/** A connection on which nothing moves for this long while the listener closes is nobody's any more, milliseconds. */
const stallMs = 5_000;

/** What became of connections since the start. */
export interface ConnectionCounts {
  /** Open now. */
  readonly open: number;
  /** Closed as they came, because all places were taken. */
  readonly refusedTotal: number;
  /** Closed as they came, because one address had its share. */
  readonly refusedPerSource: number;
}

export interface Connections {
  counts(): ConnectionCounts;
  /**
   * Lets connections go on while something moves on them, for at most `graceMs`; then, or when nothing did for 5 s,
   * ends them: a machine whose power was cut never hangs up. `end` tells how many still moved when they were ended.
   */
  letGo(graceMs: number): { end(): number };
}

/** Limits and counts the connections of a listener. */
export function limitConnections(server: Server): Connections {
  const sockets = new Set<Socket>();
  const perSource = new Map<string, number>();
  const refused = { refusedTotal: 0, refusedPerSource: 0 };
  server.maxConnections = connectionsMax;
  server.on("drop", () => {
    refused.refusedTotal++;
  });
  server.on("connection", (socket: Socket) => {
    const source = socket.remoteAddress ?? "";
    const others = perSource.get(source) ?? 0;
    if (others >= connectionsPerSourceMax) {
      refused.refusedPerSource++;
      socket.destroy();
      return;
    }
    sockets.add(socket);
    perSource.set(source, others + 1);
    socket.once("close", () => {
      sockets.delete(socket);
      const left = (perSource.get(source) ?? 1) - 1;
      if (left > 0) perSource.set(source, left);
      else perSource.delete(source);
    });
  });

  return {
    counts: () => ({ open: sockets.size, ...refused }),
    letGo(graceMs) {
      let moved = movementOf(sockets);
      let cutOff = 0;
      const watch = setInterval(() => {
        for (const socket of sockets) if (moved.get(socket) === octetsMoved(socket)) socket.destroy();
        moved = movementOf(sockets);
      }, stallMs);
      const patience = setTimeout(() => {
        cutOff = sockets.size;
        server.closeAllConnections();
      }, graceMs);
      return {
        end() {
          clearInterval(watch);
          clearTimeout(patience);
          return cutOff;
        },
      };
    },
  };
}

function movementOf(sockets: ReadonlySet<Socket>): ReadonlyMap<Socket, number> {
  return new Map([...sockets].map((socket) => [socket, octetsMoved(socket)]));
}

/** What was heard, and what the other side has taken or the kernel holds for it. */
function octetsMoved({ bytesRead, bytesWritten, writableLength }: Socket): number {
  return bytesRead + bytesWritten - writableLength;
}
