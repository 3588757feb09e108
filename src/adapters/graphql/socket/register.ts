import websocket from "@fastify/websocket";
import type { FastifyInstance } from "fastify";
import type { WebSocket } from "ws";
import { subscriptionProblem } from "../document.ts";
import { limits } from "../limits.ts";
import { type GateOptions, SocketGate } from "./gate.ts";
import { closeReasons, subprotocol } from "./messages.ts";

/** How long a client may take to say goodbye when the service stops. */
const farewellMs = 1_000;

export interface SocketOptions<Caller> extends Omit<GateOptions<Caller>, "documentProblem"> {
  /** Most sockets at a time. */
  readonly socketsMax: number;
}

/** The gate of a socket as mercurius knows it. */
export type GateOf<Caller> = (socket: object) => SocketGate<Caller>;

/**
 * Lets the listener speak WebSocket. Handlers are wrapped as their routes are added, before
 * `@fastify/websocket` sees them, so that mercurius talks to a gate and never to a socket.
 */
export async function registerSockets<Caller>(
  app: FastifyInstance,
  { socketsMax, ...options }: SocketOptions<Caller>,
): Promise<GateOf<Caller>> {
  const gates = new WeakMap<object, SocketGate<Caller>>();
  const documentProblem: GateOptions<Caller>["documentProblem"] = ({ query, operationName }) =>
    subscriptionProblem(query, operationName);

  app.addHook("onRoute", (route) => {
    const { wsHandler } = route;
    if (!wsHandler) return;
    route.wsHandler = function guarded(socket, request) {
      if (socket.protocol !== subprotocol) return socket.close(...closeReasons.subprotocolNotAcceptable);
      if (app.websocketServer.clients.size > socketsMax) return socket.close(...closeReasons.tooManySockets);
      const gate = new SocketGate(socket, request.headers.authorization, { ...options, documentProblem });
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
