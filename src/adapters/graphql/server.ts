import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import { GraphQLError, type GraphQLSchema } from "graphql";
import type { Caller } from "../access/caller.ts";
import type { FailedAttempts } from "./attempts/failed-attempts.ts";
import type { GraphqlContext } from "./context.ts";
import { subscriptionOf } from "./document.ts";
import { admitCallers, refuseUnknown } from "./entrance.ts";
import { limits } from "./limits.ts";
import type { DocumentText } from "./persisted.ts";
import { type GraphqlOptions, graphqlPath, registerGraphql } from "./plugin.ts";
import type { GateOptions } from "./socket/gate.ts";
import { registerSockets } from "./socket/register.ts";

/** Limits on sockets, and times in milliseconds. Tests shorten the times. */
export interface SocketLimits {
  readonly initTimeoutMs: number;
  readonly pingMs: number;
  readonly subscriptionsMax: number;
  readonly socketsMax: number;
  readonly socketsPerPrincipal: number;
}

const socketLimits: SocketLimits = {
  initTimeoutMs: 3_000,
  pingMs: 20_000,
  subscriptionsMax: 20,
  socketsMax: 2_000,
  socketsPerPrincipal: 5,
};

/** Most connections at a time: sockets, and requests with what keeps them alive. */
const connectionsMax = 8_192;

/** Something that the listener serves beside GraphQL. */
export interface RouteGroup {
  /** The patterns of its routes that take no token: nothing behind them tells of the site. */
  readonly openPaths: readonly string[];
  /** Adds the routes. `callerOf` knows who sent a request to any that is not open. */
  register(app: FastifyInstance, callerOf: CallerOf, countFailure: CountFailure): Promise<void>;
}

/** Who sent a request that was let in. */
export type CallerOf = (request: FastifyRequest) => Caller;

/** One reason why the service is not ready. */
export interface NotReady {
  readonly code: string;
  readonly message: string;
}

/** Counts credentials that count for nothing. Seconds to wait when the address showed too many of them. */
type CountFailure = FailedAttempts["count"];

/** PEM text of a certificate with its chain, and of its key. */
export interface TlsIdentity {
  readonly cert: string;
  readonly key: string;
}

export interface ApiServerOptions {
  readonly schema: GraphQLSchema;
  /** Who holds the token of an `Authorization` value, `Bearer <token>`; `undefined` when nobody does. */
  readonly authenticate: (authorization: unknown, sourceAddress?: string) => Caller | undefined;
  /** Calls the listener whenever somebody's access changed. Returns how to end that. */
  readonly onAccessChange: GateOptions["onAccessChange"];
  readonly failedAttempts: FailedAttempts;
  readonly documentText: DocumentText;
  readonly contextOf: (caller: Caller, request: FastifyRequest, signal: AbortSignal) => GraphqlContext;
  /** Why the service is not ready, in general words, because anybody may read it. Empty: it is. */
  readonly notReady: () => Promise<readonly NotReady[]> | readonly NotReady[];
  readonly clock: () => Date;
  readonly newId: () => string;
  /** (Default: nothing is logged) */
  readonly logger?: FastifyBaseLogger;
  /** (Default: 3 s for `connection_init`, a ping every 20 s, 20 subscriptions a socket, 2,000 sockets, 5 of one) */
  readonly sockets?: Partial<SocketLimits>;
  /** (Default: the listener speaks in clear) */
  readonly tls?: TlsIdentity;
  /** Where browsers reach the service. (Default: the address that they name as host) */
  readonly publicUrl?: string | undefined;
  /** (Default: nothing but GraphQL and health) */
  readonly routes?: readonly RouteGroup[];
  /** Told the codes of the errors in each answer of GraphQL. (Default: nobody is) */
  readonly onErrorCodes?: GraphqlOptions["onErrorCodes"];
}

/** Paths that need no token, because whoever watches a service has none. */
const healthPaths = ["/livez", "/readyz"];

/**
 * The `api` listener: GraphQL over HTTP and WebSocket, whether the service lives and is ready, and what else
 * `routes` name. The caller makes it listen. Everything but open paths takes a bearer token.
 */
export async function createApiServer(options: ApiServerOptions): Promise<FastifyInstance> {
  const { schema, authenticate, failedAttempts, contextOf, notReady, routes = [] } = options;
  const app = createListener(options);
  app.server.maxConnections = connectionsMax;
  guardAnswers(app);

  app.get("/livez", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    const reasons = await notReady();
    if (reasons.length === 0) return { status: "ready" };
    return reply.code(503).send({ status: "not ready", reasons });
  });

  const gateOf = await registerSockets(app, {
    ...socketLimits,
    ...options.sockets,
    authenticate,
    onAccessChange: options.onAccessChange,
    clock: options.clock,
    countFailure: failedAttempts.count,
    documentOf: subscriptionText(options.documentText),
  });

  // Between the two: only now `request.ws` tells an upgrade from its imitation, and what follows inherits the hook.
  const callerOf = admitCallers(app, {
    authenticate,
    countFailure: failedAttempts.count,
    openPaths: new Set([...healthPaths, ...routes.flatMap(({ openPaths }) => openPaths)]),
    socketPath: graphqlPath,
    publicUrl: options.publicUrl,
  });
  for (const group of routes) await group.register(app, callerOf, failedAttempts.count);
  const { documentText, onErrorCodes } = options;
  await registerGraphql(app, { schema, contextOf, callerOf, gateOf, documentText, onErrorCodes });
  return app;
}

function createListener({ logger, newId, tls }: ApiServerOptions): FastifyInstance {
  const options = {
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
    // A path that cannot be decoded is one that nothing is served under.
    frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) => void refuseUnknown(reply),
  } as const;
  if (!tls) return fastify(options);
  // The instance's type carries its kind of server, which nothing here asks for.
  return fastify({ ...options, https: { ...tls, minVersion: "TLSv1.2" } }) as unknown as FastifyInstance;
}

/** No answer is taken for what it is not, kept by others, or told to the next page; each is of the API's own form. */
function guardAnswers(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => refuseUnknown(reply));
  app.addHook("onSend", async (_request, reply) => {
    reply.header("x-content-type-options", "nosniff").header("referrer-policy", "no-referrer");
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
  });
}

function subscriptionText(documentText: DocumentText): GateOptions["documentOf"] {
  return ({ operationName, ...asked }) => {
    try {
      return subscriptionOf(documentText(asked), operationName);
    } catch (error) {
      if (error instanceof GraphQLError) return error;
      throw error;
    }
  };
}
