import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { createFederatedLogin } from "../adapters/access/federated-login.ts";
import { attemptSource } from "../adapters/graphql/attempts/source.ts";
import { type ApiErrorCode, apiErrorCodes } from "../adapters/graphql/errors.ts";
import type { RouteGroup } from "../adapters/graphql/server.ts";
import { CodeExchange, type LoginDesk, LoginRequest } from "../adapters/oidc/login-desk.ts";
import { personOf, type RoleMapping } from "../adapters/oidc/person.ts";

/** Where the provider sends browsers back, below the API's public URL. */
export const callbackPath = "/auth/callback";

export interface LoginRoutesOptions extends RoleMapping {
  readonly desk: LoginDesk;
  readonly login: ReturnType<typeof createFederatedLogin>;
  /** How long the token of a login counts, hours. */
  readonly tokenHours: number;
  /** Whether browsers reach the service by https. */
  readonly isSecure: boolean;
  /** The provider cannot be reached. */
  readonly onFault: (error: unknown) => void;
}

/** Holds the ticket that ties a login to the browser that began it. */
const cookieName = "ironledger_login";

/**
 * Logging in through an identity provider (RFC 8252): a program listens on loopback, sends the browser to
 * `/auth/login`, gets a code there, and trades it at `/auth/token` for a token. No answer repeats what was asked.
 */
export function loginRoutes(options: LoginRoutesOptions): RouteGroup {
  return {
    openPaths: ["/auth/login", callbackPath, "/auth/token"],
    async register(app, _callerOf, countFailure) {
      app.get("/auth/login", (request, reply) => begin(request, reply, options));
      app.get(callbackPath, (request, reply) => comeBack(request, reply, { ...options, countFailure }));
      exchangeRoute(app, { ...options, countFailure });
    },
  };
}

interface Routing extends LoginRoutesOptions {
  readonly countFailure: (address: string) => number | undefined;
}

async function begin(request: FastifyRequest, reply: FastifyReply, options: LoginRoutesOptions) {
  const asked = LoginRequest.safeParse(request.query);
  if (!asked.success) {
    const [issue] = asked.error.issues;
    return refuse(reply, "INPUT_INVALID", `${issue?.path.join(".")}: ${issue?.message}`);
  }
  try {
    const { url, ticket } = await options.desk.begin(asked.data, attemptSource(request.ip));
    const attributes = `Path=/auth; Max-Age=600; HttpOnly; SameSite=Lax${options.isSecure ? "; Secure" : ""}`;
    return reply.header("set-cookie", `${cookieName}=${ticket}; ${attributes}`).redirect(url, 302);
  } catch (error) {
    options.onFault(error);
    return refuse(reply, "IDENTITY_PROVIDER_UNAVAILABLE");
  }
}

async function comeBack(request: FastifyRequest, reply: FastifyReply, { desk, countFailure }: Routing) {
  const query = new URLSearchParams(request.url.split("?")[1] ?? "");
  const next = await desk.comeBack(query, ticketOf(request));
  if (next !== undefined) return reply.redirect(next, 302);
  return refuseAttempt(request, reply, countFailure);
}

function exchangeRoute(app: FastifyInstance, options: Routing): void {
  const { desk, login, tokenHours, countFailure } = options;
  app.post("/auth/token", async (request, reply) => {
    const asked = CodeExchange.safeParse(request.body);
    const claims = asked.success ? desk.redeem(asked.data) : undefined;
    if (!claims) return refuseAttempt(request, reply, countFailure);
    const ended = await login({ ...personOf(claims, options), tokenHours, sourceAddress: request.ip });
    if (ended.outcome === "rejected") return refuse(reply, "LOGIN_REFUSED", ended.rejection.message);
    return { token: ended.token, expiresAt: new Date(ended.expiresAtMs).toISOString() };
  });
}

function ticketOf({ headers }: FastifyRequest): string | undefined {
  const cookies = (headers.cookie ?? "").split(/; */).map((cookie) => cookie.split("="));
  return cookies.find(([name]) => name === cookieName)?.[1];
}

/** What was handed in counts for nothing, as a wrong token does. */
function refuseAttempt(request: FastifyRequest, reply: FastifyReply, countFailure: Routing["countFailure"]) {
  const waitSeconds = countFailure(request.ip);
  if (waitSeconds === undefined) return refuse(reply, "LOGIN_CODE_INVALID");
  return refuse(reply.header("retry-after", waitSeconds), "TOO_MANY_ATTEMPTS");
}

const statusOf = {
  INPUT_INVALID: 400,
  LOGIN_CODE_INVALID: 400,
  LOGIN_REFUSED: 403,
  TOO_MANY_ATTEMPTS: 429,
  IDENTITY_PROVIDER_UNAVAILABLE: 503,
} as const satisfies Partial<Record<ApiErrorCode, number>>;

function refuse(reply: FastifyReply, code: keyof typeof statusOf, message: string = apiErrorCodes[code]) {
  return reply.code(statusOf[code]).send({ errors: [{ message, extensions: { code } }] });
}
