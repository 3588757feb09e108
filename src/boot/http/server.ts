import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import type { Logger } from "pino";
import { EventStoreError } from "../../domain/ports/event-store.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import { createRateLimit } from "../rate-limit.ts";
import { agentApi } from "./agent-api.ts";
import type { AgentDeskOptions } from "./agent-desk.ts";
import { notFound, send, sourceOf } from "./answer.ts";
import { type BootFilesOptions, bootFiles } from "./boot-files.ts";
import { type ConnectionCounts, limitConnections } from "./connections.ts";
import type { ScriptService } from "./script.ts";

interface BootHttpOptions {
  /** The wire's own address: nothing else is listened on. */
  readonly address: Ipv4;
  /** 0: any free port. */
  readonly port: number;
  readonly scripts: ScriptService;
  readonly files: BootFilesOptions;
  readonly agents: AgentDeskOptions;
  readonly log: Logger;
  /** How long `close` waits for transfers under way when nothing else is said, milliseconds. (Default: 5,000) */
  readonly closeGraceMs?: number;
  /** Told of each answer when its last octet has left. (Default: nobody is) */
  readonly onAnswered?: (answer: Answered) => void;
}

/** An answer, for those who measure. */
export interface Answered {
  /** The pattern of the route, never a path; "none" where no route was meant. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

export interface BootHttpServer {
  readonly port: number;
  connections(): ConnectionCounts;
  /**
   * Refuses new requests, waits for what is under way, and cuts off what takes longer than `graceMs`. Resolves to how
   * many connections were; one whose other side is gone is none.
   */
  close(graceMs?: number): Promise<number>;
}

/** Largest body of an agent's report, octets. */
const bodyBytesMax = 256 * 1024;
/** Lines about refused requests of one address in a minute; the others are told at level debug. */
const refusalLinesPerMinute = 60;
/** For a whole request to arrive, milliseconds; nothing that machines send is large. */
const requestTimeoutMs = 30_000;
/** For a connection on which nothing moves, milliseconds: machines flush slow disks in between. */
const idleTimeoutMs = 300_000;

/** The boot listener. Resolves when the port is open. @throws Error of the socket when it cannot be */
export async function startBootHttp(options: BootHttpOptions): Promise<BootHttpServer> {
  const app = bootHttp(options);
  const connections = limitConnections(app.server);
  await app.listen({ host: options.address, port: options.port });
  const listening = app.server.address();
  const port = typeof listening === "object" && listening ? listening.port : options.port;
  return {
    port,
    connections: connections.counts,
    async close(graceMs = options.closeGraceMs ?? 5_000) {
      const leaving = connections.letGo(graceMs);
      await app.close();
      return leaving.end();
    },
  };
}

/** The listener's routes without a socket. */
export function bootHttp({ scripts, files, agents, log, onAnswered }: BootHttpOptions): FastifyInstance {
  const app = Fastify({
    // Fastify's own request log would hold URLs, and URLs hold nonces.
    logger: false,
    bodyLimit: bodyBytesMax,
    requestTimeout: requestTimeoutMs,
    connectionTimeout: idleTimeoutMs,
    keepAliveTimeout: 10_000,
    trustProxy: false,
    forceCloseConnections: "idle",
    // A HEAD that ran the script's route would use a serving up.
    exposeHeadRoutes: false,
    frameworkErrors: (_error, _request, reply) => send(reply, notFound),
    // shim asks for `/boot//grubx64.efi`.
    routerOptions: { ignoreDuplicateSlashes: true, maxParamLength: 128 },
  });
  acceptJson(app);
  answerErrors(app, log);
  logResponses(app, log, files.clock);
  if (onAnswered) measureResponses(app, onAnswered);

  app.get<{ Params: { nonce: string } }>("/boot/:nonce/script.ipxe", async (request, reply) => {
    const address = sourceOf(request);
    const answer = address && (await scripts.byNonce(request.params.nonce, address));
    if (answer?.outcome !== "script") return send(reply, notFound);
    return reply.type("text/plain; charset=utf-8").header("cache-control", "no-store").send(answer.text);
  });
  bootFiles(app, files);
  agentApi(app, agents);
  return app;
}

function measureResponses(app: FastifyInstance, onAnswered: (answer: Answered) => void): void {
  app.addHook("onResponse", async ({ routeOptions }, { statusCode: status, elapsedTime }) =>
    onAnswered({ route: routeOptions.url ?? "none", status, seconds: elapsedTime / 1_000 }),
  );
}

/** Reports are JSON, whatever content type the small clients of an initramfs give them. */
function acceptJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      done(Object.assign(new Error("the body is not JSON"), { statusCode: 400 }), undefined);
    }
  });
}

function answerErrors(app: FastifyInstance, log: Logger): void {
  app.setNotFoundHandler((_request, reply) => send(reply, notFound));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof EventStoreError) {
      log.warn({ err: error, ...describe(request) }, "the log took nothing");
      return send(reply, { outcome: "unavailable" });
    }
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500)
      return reply.code(status).send({ error: "invalid", message: error.message });
    log.error({ err: error, ...describe(request) }, "a request failed");
    return reply.code(500).send({ error: "internal" });
  });
}

function logResponses(app: FastifyInstance, log: Logger, clock: () => Date): void {
  const withinShare = createRateLimit<string>({ most: refusalLinesPerMinute, windowMs: 60_000 });
  app.addHook("onResponse", async (request: FastifyRequest, reply: FastifyReply) => {
    const isTold = reply.statusCode >= 400 && withinShare(sourceOf(request) ?? "", clock().getTime());
    const level = isTold ? "info" : "debug";
    log[level]({ ...describe(request), status: reply.statusCode }, "answered");
  });
}

/** Parts of paths that may be written down. A nonce is none, nor is any path that has no route. */
const describedParts = ["environment", "version", "name", "machine", "run"] as const;

function describe(request: FastifyRequest) {
  const params = request.params as Readonly<Record<string, string>>;
  const parts = describedParts
    .filter((part) => params[part] !== undefined)
    .map((part) => [part, params[part]]);
  const { method, routeOptions } = request;
  return { method, route: routeOptions.url, ...Object.fromEntries(parts), source: sourceOf(request) };
}
