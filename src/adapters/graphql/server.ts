import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from "fastify";
import type { GraphQLSchema } from "graphql";
import type { GraphqlContext } from "./context.ts";
import { apiErrorCodes } from "./errors.ts";
import { limits } from "./limits.ts";
import { graphqlPath, registerGraphql } from "./plugin.ts";
import { registerSockets } from "./socket/register.ts";

/** Who a request comes from, as `authenticate` found. */
export interface Caller {
  readonly name: string;
}

/** Limits on sockets, and times in milliseconds. Tests shorten the times. */
export interface SocketLimits {
  readonly initTimeoutMs: number;
  readonly pingMs: number;
  readonly subscriptionsMax: number;
  readonly socketsMax: number;
}

const socketLimits: SocketLimits = {
  initTimeoutMs: 3_000,
  pingMs: 20_000,
  subscriptionsMax: 20,
  socketsMax: 2_000,
};

export interface ApiServerOptions {
  readonly schema: GraphQLSchema;
  /** Who holds the token of an `Authorization` value, `Bearer <token>`; `undefined` when nobody does. */
  readonly authenticate: (authorization: unknown) => Caller | undefined;
  readonly contextOf: (caller: Caller, request: FastifyRequest, signal: AbortSignal) => GraphqlContext;
  /** Why the service can record nothing, in general words, because anybody may read it; `undefined`: it can. */
  readonly notReady: () => Promise<string | undefined> | string | undefined;
  readonly newId: () => string;
  /** (Default: nothing is logged) */
  readonly logger?: FastifyBaseLogger;
  /** (Default: 3 s for `connection_init`, a ping every 20 s, 20 subscriptions a socket, 2,000 sockets) */
  readonly sockets?: Partial<SocketLimits>;
}

/** Paths that need no token, because whoever watches a service has none. */
const openPaths: ReadonlySet<string> = new Set(["/livez", "/readyz"]);

/** The same for every reason: nobody learns why a token does not count. */
const unauthenticated = JSON.stringify({
  errors: [{ message: apiErrorCodes.UNAUTHENTICATED, extensions: { code: "UNAUTHENTICATED" } }],
});

const unauthenticatedHeaders = {
  "www-authenticate": "Bearer",
  "content-type": "application/json; charset=utf-8",
};

/**
 * The `api` listener: GraphQL over HTTP and WebSocket, and whether the service lives and is ready. The caller
 * makes it listen. Everything but `/livez` and `/readyz` takes a bearer token.
 */
export async function createApiServer({
  schema,
  authenticate,
  contextOf,
  notReady,
  newId,
  logger,
  sockets,
}: ApiServerOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({
    ...(logger && { loggerInstance: logger }),
    // One line a request would say less than the events do.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.bodyBytes,
    trustProxy: false,
    requestIdHeader: false,
    genReqId: newId,
    requestTimeout: 30_000,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
  });
  const callers = new WeakMap<FastifyRequest, Caller>();

  app.get("/livez", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    const reason = await notReady();
    if (reason === undefined) return { status: "ready" };
    return reply.code(503).send({ status: "not ready", reason });
  });

  const gateOf = await registerSockets<Caller>(app, { ...socketLimits, ...sockets, authenticate });

  // Between the two: only now `request.ws` tells an upgrade from its imitation, and GraphQL inherits the hook.
  app.addHook("onRequest", async (request, reply) => {
    const { url = "" } = request.routeOptions;
    if (openPaths.has(url)) return;
    const { authorization } = request.headers;
    // A browser cannot send the header with an upgrade: its token comes in `connection_init`.
    if (request.ws && url === graphqlPath && authorization === undefined) return;
    const caller = authenticate(authorization);
    if (caller) callers.set(request, caller);
    else await reply.code(401).headers(unauthenticatedHeaders).send(unauthenticated);
  });

  const callerOf = (request: FastifyRequest) => known(callers.get(request));
  await registerGraphql<Caller>(app, { schema, contextOf, callerOf, gateOf });
  return app;
}

function known(caller: Caller | undefined): Caller {
  if (!caller) throw new Error("a request came to GraphQL without its caller");
  return caller;
}
