import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { BackupTaker } from "../../domain/ports/backup-taker.ts";
import type { BootExplainer } from "../../domain/ports/boot-explainer.ts";
import type { ClockWatch } from "../../domain/ports/clock-watch.ts";
import type { EnvironmentFolders } from "../../domain/ports/environment-folders.ts";
import type { EventStore } from "../../domain/ports/event-store.ts";
import type { LogArchives } from "../../domain/ports/log-archives.ts";
import type { LogEvidence } from "../../domain/ports/log-evidence.ts";
import type { OpenOverlay } from "../../domain/ports/overlay-store.ts";
import type { PastViews } from "../../projections/past/past-views.ts";
import type { Projector } from "../../projections/projector.ts";
import { fleet } from "../../projections/views/fleet.ts";
import { type AccessDesk, createAccessDesk } from "../access/access-desk.ts";
import type { AccessRegistry } from "../access/registry.ts";
import type { AttemptLimits } from "./attempts/attempt-limit.ts";
import { watchFailedAttempts } from "./attempts/failed-attempts.ts";
import type { LogVerifier } from "./audit/verifier.ts";
import { contextOf, type Unguarded } from "./caller-context.ts";
import type { ApiServices } from "./context.ts";
import { explainRoute } from "./explain/route.ts";
import { imageFolder } from "./images.ts";
import { type DocumentText, documentText, readOperations } from "./persisted.ts";
import { createReadModels } from "./read-models.ts";
import { createApiSchema } from "./schema.ts";
import {
  type ApiServerOptions,
  createApiServer,
  type RouteGroup,
  type SocketLimits,
  type TlsIdentity,
} from "./server.ts";

export interface ApiOptions {
  readonly store: EventStore;
  /** Lays a store over the log for a dry run. */
  readonly openOverlay: OpenOverlay;
  /** Keeps all views. Whoever started it closes it, after the listener. */
  readonly projector: Projector;
  /** Views as they were. Whoever opened them closes them, after the listener. */
  readonly pasts: PastViews;
  /** The text of `schema.graphql`. */
  readonly typeDefs: string;
  /** Where operators put disk images. */
  readonly imagesDirectory: string;
  /** Copies the log. */
  readonly backups: BackupTaker;
  /** Signs the log, and proves what is in it. */
  readonly evidence: LogEvidence;
  /** Old events of the log that are in files of their own. (Default: none are) */
  readonly archives?: LogArchives;
  /** Verifies the log. */
  readonly verifier: LogVerifier;
  readonly environmentFolders: EnvironmentFolders;
  /** Says what an interface hears when it boots, and why. */
  readonly bootExplainer: BootExplainer;
  /** Asked before the clock is confirmed. (Default: nobody watches it) */
  readonly clockWatch?: ClockWatch;
  /** Who may do what. Whoever opened it closes it, after the listener. */
  readonly access: AccessRegistry;
  /** Where access is changed. A process has one. (Default: one of the API's own) */
  readonly desk?: AccessDesk;
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
  /** See `watchFailedAttempts`. */
  readonly attempts?: Partial<AttemptLimits>;
  /** Where browsers reach the service. (Default: the address that they name as host) */
  readonly publicUrl?: string | undefined;
  /** (Default: the listener speaks in clear) */
  readonly tls?: TlsIdentity;
  /** What is served beside GraphQL. (Default: health alone) */
  readonly routes?: readonly RouteGroup[];
  /** Told the codes of the errors in each answer of GraphQL. (Default: nobody is) */
  readonly onErrorCodes?: ApiServerOptions["onErrorCodes"];
  /** The folder of persisted operations. (Default: there are none) */
  readonly operationsDirectory?: string;
  /** Whether nothing but those is run. (Default: false) */
  readonly onlyPersistedOperations?: boolean;
}

/** Builds the `api` listener. The caller makes it listen, and closes it. */
export async function createApi(options: ApiOptions): Promise<FastifyInstance> {
  const { store, access, clock, newId, logger, sockets, tls, routes } = options;
  const unguarded: Unguarded = {
    pasts: options.pasts,
    fleetNow: options.projector.connection(fleet.name),
    store,
    openOverlay: options.openOverlay,
    access,
    desk: options.desk ?? createAccessDesk({ registry: access, reader: store }),
    views: createReadModels(options.projector),
    log: store,
    findImage: imageFolder(options.imagesDirectory),
    backups: options.backups,
    evidence: options.evidence,
    archives: options.archives ?? (() => []),
    verifier: options.verifier,
    environmentFolders: options.environmentFolders,
    bootExplainer: options.bootExplainer,
    clockWatch: options.clockWatch ?? { recordStep: async () => undefined },
    clock,
    newId,
    deriveId: options.deriveId,
    waitMs: options.waitMs ?? 2_000,
    heartbeatMs: options.heartbeatMs ?? 15_000,
    onFault: (err) => logger?.error({ err }, "a feed met a fault"),
  };
  const contextFor: ApiServerOptions["contextOf"] = (caller, request, signal) =>
    contextOf(unguarded, { caller, request, signal });
  const schema = createApiSchema(options.typeDefs);
  const failedAttempts = watchFailedAttempts({
    store,
    clock,
    newId,
    onFault: (err) => logger?.warn({ err }, "failed attempts could not be recorded"),
    ...(options.attempts && { limits: options.attempts }),
  });
  const app = await createApiServer({
    schema,
    authenticate: access.authenticate,
    onAccessChange: access.onChange,
    failedAttempts,
    documentText: await documentTextOf(options, schema),
    contextOf: contextFor,
    notReady: options.notReady,
    clock,
    newId,
    ...(logger && { logger }),
    ...(sockets && { sockets }),
    ...(tls && { tls }),
    // What the other groups do with every request, they do with this one, too: it comes behind them.
    routes: [...(routes ?? []), explainRoute(contextFor)],
    publicUrl: options.publicUrl,
    onErrorCodes: options.onErrorCodes,
  });
  app.addHook("onClose", () => failedAttempts.close());
  return app;
}

async function documentTextOf(
  { operationsDirectory: folder, onlyPersistedOperations = false }: ApiOptions,
  schema: GraphQLSchema,
): Promise<DocumentText> {
  const operations = folder === undefined ? new Map() : await readOperations(folder, schema);
  return documentText(operations, onlyPersistedOperations);
}
