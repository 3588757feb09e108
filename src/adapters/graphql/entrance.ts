import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Caller } from "../access/caller.ts";
import { type ApiErrorCode, apiErrorCodes } from "./errors.ts";

export interface EntranceOptions {
  readonly authenticate: (authorization: unknown, sourceAddress?: string) => Caller | undefined;
  /** Counts credentials that count for nothing. Seconds to wait when the address showed too many of them. */
  readonly countFailure: (address: string) => number | undefined;
  /** Patterns of routes that take no token. */
  readonly openPaths: ReadonlySet<string>;
  /** Where sockets are opened: they may bring their token later. */
  readonly socketPath: string;
  /** Where browsers reach the service when that is not the address that they name as host. */
  readonly publicUrl: string | undefined;
}

/**
 * Lets nobody past without a valid token, no page of another site with one, and no socket but where there are some.
 * Routes and plugins that are added afterwards inherit that. Returns how to know who sent a request that was let in.
 */
export function admitCallers(
  app: FastifyInstance,
  options: EntranceOptions,
): (request: FastifyRequest) => Caller {
  const { authenticate, openPaths, socketPath } = options;
  const callers = new WeakMap<FastifyRequest, Caller>();
  const publicHost = options.publicUrl === undefined ? undefined : new URL(options.publicUrl).host;

  app.addHook("onRequest", async (request, reply) => {
    if (isForeign(request, publicHost)) await refuse(reply.code(403), "ORIGIN_FOREIGN");
  });
  app.addHook("onRequest", async (request, reply) => {
    const { url = "" } = request.routeOptions;
    // It would be accepted before it is closed, and would take the place of one that is due.
    const isStraySocket = request.ws && url !== socketPath;
    if (openPaths.has(url) && !isStraySocket) return;
    const { authorization } = request.headers;
    // A browser cannot send the header with an upgrade: its token comes in `connection_init`.
    if (request.ws && url === socketPath && authorization === undefined) return;
    const caller = authenticate(authorization, request.ip);
    if (!caller) return turnAway(request, reply, options);
    callers.set(request, caller);
    if (isStraySocket) await refuseUnknown(reply);
  });

  return (request) => {
    const caller = callers.get(request);
    if (!caller) throw new Error("a request was served without its caller");
    return caller;
  };
}

/** The same for every reason: nobody learns why a token does not count. */
async function turnAway(
  { headers: { authorization }, ip }: FastifyRequest,
  reply: FastifyReply,
  { countFailure }: EntranceOptions,
): Promise<void> {
  // Whoever shows nothing has guessed nothing.
  const waitSeconds = authorization === undefined ? undefined : countFailure(ip);
  if (waitSeconds === undefined) {
    await refuse(reply.code(401).header("www-authenticate", "Bearer"), "UNAUTHENTICATED");
  } else {
    await refuse(reply.code(429).header("retry-after", waitSeconds), "TOO_MANY_ATTEMPTS");
  }
}

/** Browsers say which page asks, and nothing else does. A page without an origin of its own says `null`. */
function isForeign({ headers }: FastifyRequest, publicHost: string | undefined): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return false;
  const from = URL.parse(origin)?.host;
  return from === undefined || (from !== host && from !== publicHost);
}

/** Answers a request for what is not served here. What was asked for is not repeated. */
export async function refuseUnknown(reply: FastifyReply): Promise<void> {
  await refuse(reply.code(404), "BAD_REQUEST", "nothing is served under this path and method");
}

/** Sends an answer of the API that holds nothing but an error. */
async function refuse(
  reply: FastifyReply,
  code: ApiErrorCode,
  message: string = apiErrorCodes[code],
): Promise<void> {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  await reply.type("application/json; charset=utf-8").send(body);
}
