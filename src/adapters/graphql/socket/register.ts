import websocket from "@fastify/websocket";
import type { FastifyInstance } from "fastify";
import type { WebSocket } from "ws";
import { limits } from "../limits.ts";
import { farewellMs, type GateOptions, type Seats, SocketGate } from "./gate.ts";
import { closeReasons, subprotocol } from "./messages.ts";

export interface SocketOptions extends Omit<GateOptions, "seats"> {
  /** Most sockets at a time. */
  readonly socketsMax: number;
  /** Of them, most of one principal. */
  readonly socketsPerPrincipal: number;
}

/** The gate of a socket as mercurius knows it. */
export type GateOf = (socket: object) => SocketGate;

/**
 * Lets the listener speak WebSocket. Handlers are wrapped as their routes are added, before
 * `@fastify/websocket` sees them, so that mercurius talks to a gate and never to a socket.
 */
export async function registerSockets(
  app: FastifyInstance,
  { socketsMax, socketsPerPrincipal, ...options }: SocketOptions,
): Promise<GateOf> {
  const gates = new WeakMap<object, SocketGate>();
  const seats = createSeats(socketsPerPrincipal);

  app.addHook("onRoute", (route) => {
    const { wsHandler } = route;
    if (!wsHandler) return;
    route.wsHandler = function guarded(socket, request) {
      if (socket.protocol !== subprotocol) return socket.close(...closeReasons.subprotocolNotAcceptable);
      if (app.websocketServer.clients.size > socketsMax) return socket.close(...closeReasons.tooManySockets);
      const { authorization } = request.headers;
      const client = { authorization, address: request.ip, wire: request.raw.socket };
      const gate = new SocketGate(socket, client, { ...options, seats });
      gates.set(gate, gate);
      // mercurius uses of a socket what the gate has: events, `protocol`, `readyState`, `send` and `close`.
      return wsHandler.call(this, gate as unknown as WebSocket, request);
    };
  });
  await app.register(websocket, {
    options: {
      maxPayload: limits.messageBytes,
      handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
    },
    preClose(done) {
      for (const client of this.websocketServer.clients) {
        client.close(...closeReasons.goingAway);
        setTimeout(() => client.terminate(), farewellMs).unref();
      }
      this.websocketServer.close(() => done());
    },
    errorHandler(err, socket, request) {
      // What a client or its network does has a code, and is no fault of ours.
      if ("code" in err) request.log.info({ err }, "a socket broke off");
      else request.log.error({ err }, "a socket met a fault");
      socket.terminate();
    },
  });

  return (socket) => {
    const gate = gates.get(socket);
    if (!gate) throw new Error("a socket came to GraphQL without its gate");
    return gate;
  };
}

function createSeats(perPrincipal: number): Seats {
  const taken = new Map<string, number>();
  return {
    take(principalId) {
      const others = taken.get(principalId) ?? 0;
      if (others >= perPrincipal) return false;
      taken.set(principalId, others + 1);
      return true;
    },
    leave(principalId) {
      const others = (taken.get(principalId) ?? 1) - 1;
      if (others > 0) taken.set(principalId, others);
      else taken.delete(principalId);
    },
  };
}
