import type { FastifyInstance } from "fastify";
import { type ApiErrorCode, apiErrorCodes } from "../adapters/graphql/errors.ts";
import type { RouteGroup } from "../adapters/graphql/server.ts";
import { closeReasons } from "../adapters/graphql/socket/messages.ts";

/** Refuses new requests with 503 while the service stops, and lets the API finish what it has begun. */
export interface ApiDrain extends RouteGroup {
  /** Says goodbye to sockets. Resolves when every request was answered, or after `graceMs`: to how many were not. */
  drain(app: FastifyInstance, graceMs: number): Promise<number>;
}

/** What goes on being answered: whoever watches a service that stops wants to see it. */
const watched: ReadonlySet<string> = new Set(["/livez", "/readyz", "/readyz/details", "/metrics"]);

const code: ApiErrorCode = "LOG_CLOSED";
const refusal = { errors: [{ message: apiErrorCodes[code], extensions: { code } }] };

/** `isStopping`: the service was told to stop. */
export function createApiDrain(isStopping: () => boolean): ApiDrain {
  let underWay = 0;
  let onIdle: () => void = () => undefined;

  function ended(): void {
    underWay--;
    if (underWay === 0) onIdle();
  }

  return {
    openPaths: [],

    async register(app) {
      app.addHook("onRequest", async (request, reply) => {
        const { url = "" } = request.routeOptions;
        if (watched.has(url)) return;
        if (isStopping()) {
          await reply.code(503).header("connection", "close").send(refusal);
          return;
        }
        // A socket ends when it is told to, and not when its request is answered.
        if (request.ws) return;
        underWay++;
        reply.raw.once("close", ended);
      });
    },

    async drain(app, graceMs) {
      for (const socket of app.websocketServer.clients) socket.close(...closeReasons.goingAway);
      if (underWay === 0) return 0;
      const { promise, resolve } = Promise.withResolvers<void>();
      onIdle = resolve;
      const timer = setTimeout(resolve, graceMs);
      await promise;
      clearTimeout(timer);
      return underWay;
    },
  };
}
