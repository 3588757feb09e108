import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from "fastify";
import type { EventStore } from "../../domain/ports/event-store.ts";
import type { Projector } from "../../projections/projector.ts";
import { createCommands } from "./commands.ts";
import type { ApiServices, GraphqlContext } from "./context.ts";
import { imageFolder } from "./images.ts";
import { createReadModels } from "./read-models.ts";
import { createApiSchema } from "./schema.ts";
import { type ApiServerOptions, type Caller, createApiServer, type SocketLimits } from "./server.ts";

export interface ApiOptions {
  readonly store: EventStore;
  /** Keeps all views. Whoever started it closes it, after the listener. */
  readonly projector: Projector;
  /** The text of `schema.graphql`. */
  readonly typeDefs: string;
  /** Where operators put disk images. */
  readonly imagesDirectory: string;
  /** Who holds the token of an `Authorization` value, `Bearer <token>`; `undefined` when nobody does. */
  readonly authenticate: (authorization: unknown) => Caller | undefined;
  readonly notReady: ApiServerOptions["notReady"];
  readonly clock: () => Date;
  /** A new UUIDv7. */
  readonly newId: () => string;
  /** A UUIDv8 that is the same for the same cause and steps. */
  readonly deriveId: ApiServices["deriveId"];
  /** Told of faults. (Default: nobody is) */
  readonly logger?: FastifyBaseLogger;
  /** How long a query waits for `minPosition`, milliseconds. (Default: 2,000) */
  readonly waitMs?: number;
  /** How long a feed may be silent, milliseconds. (Default: 15,000) */
  readonly heartbeatMs?: number;
  /** See `createApiServer`. */
  readonly sockets?: Partial<SocketLimits>;
}

/** Builds the `api` listener. The caller makes it listen, and closes it. */
export async function createApi(options: ApiOptions): Promise<FastifyInstance> {
  const { store, newId, logger, sockets } = options;
  const services: ApiServices = {
    views: createReadModels(options.projector),
    log: store,
    commands: createCommands(store, newId),
    findImage: imageFolder(options.imagesDirectory),
    clock: options.clock,
    newId,
    deriveId: options.deriveId,
    waitMs: options.waitMs ?? 2_000,
    heartbeatMs: options.heartbeatMs ?? 15_000,
    onFault: (err) => logger?.error({ err }, "a feed met a fault"),
  };
  return createApiServer({
    schema: createApiSchema(options.typeDefs),
    authenticate: options.authenticate,
    contextOf: (caller, request, signal) => contextOf(services, { caller, request, signal }),
    notReady: options.notReady,
    newId,
    ...(logger && { logger }),
    ...(sockets && { sockets }),
  });
}

/** The form of version 00, W3C Trace Context s. 3.2.2. */
const traceparentForm = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

interface Asking {
  readonly caller: Caller;
  readonly request: FastifyRequest;
  readonly signal: AbortSignal;
}

function contextOf(services: ApiServices, { caller, request, signal }: Asking): GraphqlContext {
  const { traceparent } = request.headers;
  return {
    ...services,
    actor: `user:${caller.name}`,
    sourceAddress: request.ip,
    ...(typeof traceparent === "string" && traceparentForm.test(traceparent) && { traceparent }),
    signal,
  };
}
