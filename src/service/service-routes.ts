import type { FastifyReply } from "fastify";
import { type ApiErrorCode, apiErrorCodes, internalError } from "../adapters/graphql/errors.ts";
import type { CallerOf, RouteGroup } from "../adapters/graphql/server.ts";
import type { Scope } from "../domain/access/scopes.ts";
import { expositionType } from "./metrics/exposition.ts";

export interface ServiceRoutesOptions {
  /** The metrics of the process as text. */
  readonly metrics: () => Promise<string>;
  /** Everything that readiness was decided by. */
  readonly details: () => Promise<object>;
}

/** What those who run the service ask it: `/metrics` and `/readyz/details`, each behind a scope. */
export function serviceRoutes({ metrics, details }: ServiceRoutesOptions): RouteGroup {
  return {
    openPaths: [],
    async register(app, callerOf) {
      await app.register(async (routes) => {
        routes.setErrorHandler((err, request, reply) => {
          request.log.error({ err }, "a request met a fault");
          return reply.code(500).send({ errors: [internalError(request.id)] });
        });
        routes.get("/metrics", async (request, reply) => {
          if (!may(callerOf, "metrics:read", request)) return forbid(reply, "metrics:read");
          return reply.header("content-type", expositionType).send(await metrics());
        });
        routes.get("/readyz/details", async (request, reply) => {
          if (!may(callerOf, "service:read", request)) return forbid(reply, "service:read");
          return reply.header("cache-control", "no-store").send(await details());
        });
      });
    },
  };
}

function may(callerOf: CallerOf, scope: Scope, request: Parameters<CallerOf>[0]): boolean {
  return callerOf(request).rights().may(scope);
}

function forbid(reply: FastifyReply, scope: Scope): FastifyReply {
  const code: ApiErrorCode = "FORBIDDEN";
  const message = `${apiErrorCodes[code]} It is ${scope}.`;
  return reply.code(403).send({ errors: [{ message, extensions: { code, scope } }] });
}
