import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import type { FastifyInstance } from "fastify";
import { createAccessDesk } from "../adapters/access/access-desk.ts";
import { ensureFirstToken } from "../adapters/access/first-token.ts";
import { recordUses } from "../adapters/access/record-use.ts";
import { openAccessRegistry } from "../adapters/access/registry.ts";
import { overlayOpener } from "../adapters/event-store/overlay/overlay-store.ts";
import { sharedTail } from "../adapters/event-store/shared-tail.ts";
import { createApi } from "../adapters/graphql/api.ts";
import { createReadModels } from "../adapters/graphql/read-models.ts";
import { accessKind } from "../domain/access/decide.ts";
import { accessRoleKind } from "../domain/access/role.ts";
import { commandHandler } from "../domain/handle-command.ts";
import type { EventStore } from "../domain/ports/event-store.ts";
import { deriveId, newId } from "../ids.ts";
import { schemaFile, threadEntry } from "../paths.ts";
import { createPastViews } from "../projections/past/past-views.ts";
import { type Projector, startProjector } from "../projections/projector.ts";
import { allViews } from "../projections/views/all.ts";
import { createApiDrain } from "../service/api-drain.ts";
import type { ApiThreadData, ApiThreadOrder, ApiThreadReport } from "../service/api-thread.ts";
import { openAudit } from "../service/audit/open-audit.ts";
import { openCheckpoints } from "../service/checkpoints/open-checkpoints.ts";
import { askClock } from "../service/clock-line.ts";
import { collectAtRest } from "../service/collect-at-rest.ts";
import { openBootExplainer } from "../service/explain/open-boot-explainer.ts";
import { firstRows } from "../service/first-rows.ts";
import { openFrontDoor } from "../service/front-door.ts";
import { openLog } from "../service/ledger/open-log.ts";
import { createLogger } from "../service/logger.ts";
import { measureArchives } from "../service/metrics/measure-archives.ts";
import { measureCheckpoints } from "../service/metrics/measure-checkpoints.ts";
import { measureEngineAppends } from "../service/metrics/measure-engine.ts";
import { measurePasts } from "../service/metrics/measure-pasts.ts";
import { countRefusals, measureFeeds } from "../service/metrics/measure-store.ts";
import { createMeter } from "../service/metrics/meter.ts";
import { observeApi } from "../service/observe-api.ts";
import { openBackups } from "../service/open-backups.ts";
import { openEnvironmentFolders } from "../service/open-environment-folders.ts";
import { openPastThread } from "../service/past-thread.ts";
import { createReadiness } from "../service/readiness.ts";
import { startingState } from "../service/ready-reasons.ts";
import { standBack } from "../service/stand-back.ts";
import { openPort } from "../service/start-error.ts";
import { traceAppends } from "../service/tracing/trace-api.ts";
import { openTracing } from "../service/tracing/tracing.ts";

/** The thread of views and queries. Its other end is `startApiThread`. */
const data = workerData as ApiThreadData;
const log = createLogger(data.logLevel, "api");
const clock = () => new Date();
const meter = createMeter((err) => log.error({ err }, "a metric could not be measured"));
let state = startingState;
const drain = createApiDrain(() => state.isStopping);

/**
 * How far this thread stands back behind the packet path and the log when all of them want a processor: at a tenth of
 * their share, views fall behind in a storm of boots, and catch up after it.
 */
const nice = 10;

/** How long events are gathered for views and feeds at most, while many come, milliseconds. */
const gatherMsMax = 100;

/** The log as this thread reads and writes it, and the views of it. */
async function openViews() {
  standBack(nice, (err) => log.warn({ err }, "this thread cannot stand back behind the packet path"));
  const opened = openLog(data.log);
  const tracing = await openTracing(data.tracing);
  const isEngine = data.log.kind === "engine";
  const measured = isEngine ? measureEngineAppends(opened.store, meter, "api") : opened.store;
  const counted = countRefusals(measured, meter, "api");
  const store = sharedTail(tracing ? traceAppends(counted, tracing) : counted, { pauseMsMax: gatherMsMax });
  const projector = await startProjector({
    directory: data.viewsDirectory,
    views: allViews,
    reader: store,
    lagEvents: opened.lagEvents,
    notify: ({ view, message, error }) => log[error ? "error" : "info"]({ view, err: error }, message),
  });
  return {
    store,
    projector,
    lagEvents: opened.lagEvents,
    archives: opened.archives,
    tracing,
    async closeViews() {
      await projector.close();
      await store.close();
      opened.close();
      await tracing?.close();
    },
  };
}

/** Who may use the API, and a first token when nobody has one. */
async function openAccess(store: EventStore) {
  const handleAccess = commandHandler(accessKind, { store, newId });
  const registry = await openAccessRegistry({
    reader: store,
    clock,
    onFailure: fail,
    onUse: recordUses({
      handlers: { handleAccess },
      clock,
      newId,
      onFault: (err) => log.warn({ err }, "the use of a token could not be recorded"),
    }),
  });
  const { known } = registry;
  await ensureFirstToken({
    ...{ known, handleAccess, clock, newId, deriveId, randomBytes },
    file: data.tokenFile,
  });
  await registry.refresh();
  const handleAccessRole = commandHandler(accessRoleKind, { store, newId });
  const desk = createAccessDesk({ registry, reader: store });
  return { registry, desk, handlers: { handleAccess, handleAccessRole } };
}

/** The signing of the log, and proofs. */
async function openEvidence(store: EventStore, projector: Projector) {
  const { checkpoints: settings, dataDirectory } = data;
  const isLeader = () => state.leads;
  const evidence = await openCheckpoints({
    ...{ store, projector, settings, dataDirectory, isLeader, clock, newId, log },
  });
  measureCheckpoints(meter, evidence, clock);
  return evidence;
}

/** Views as they were, copied by a thread of their own. */
function openPasts({ path }: Projector) {
  const thread = openPastThread(threadEntry("past"));
  const pasts = createPastViews({ directory: join(data.dataDirectory, "past"), path, copy: thread.copy });
  measurePasts(meter, pasts);
  return {
    pasts,
    async closePasts() {
      await thread.close();
      await pasts.close();
    },
  };
}

async function start() {
  const { store, projector, lagEvents, archives, tracing, closeViews } = await openViews();
  measureArchives(meter, archives);
  const { registry, desk, handlers } = await openAccess(store);
  const evidence = await openEvidence(store, projector);
  const readiness = createReadiness({
    state: () => state,
    projector,
    lagEvents,
    contradiction: () => evidence.status().contradiction,
    archives,
    dataDirectory: data.dataDirectory,
    limits: data.limits,
  });
  const { pasts, closePasts } = openPasts(projector);
  const overlays = overlayOpener(clock);
  meter.gauge("ironledger_dry_run_characters", () => [{ value: overlays.heldCharacters() }]);
  const observation = observeApi({
    ...{ ...data, meter, tracing, readiness, projector, log: store, lagEvents, clock },
  });
  const audit = openAudit({
    ...{ ...data, meter, evidence, clock, newId },
    onWarning: (message) => log.warn(message),
  });
  const surroundings = { clock, newId, deriveId, randomBytes, log };
  const door = await openFrontDoor({ ...data, registry, desk, handlers, ...surroundings });
  const api = await createApi({
    store: measureFeeds(store, meter, clock),
    openOverlay: overlays.open,
    projector,
    pasts,
    typeDefs: await readFile(schemaFile, "utf8"),
    imagesDirectory: data.imagesDirectory,
    evidence,
    archives,
    backups: openBackups({ ...data, clock }),
    environmentFolders: await openEnvironmentFolders(data, newId),
    bootExplainer: openBootExplainer(data.machines, { log: store, views: createReadModels(projector) }),
    access: registry,
    desk,
    notReady: readiness.reasons,
    onErrorCodes: observation.onErrorCodes,
    ...door.options,
    verifier: audit.verifier,
    routes: [drain, ...observation.routes, audit.route, ...(door.options.routes ?? [])],
    clockWatch: askClock(data.clock),
    ...{ clock, newId, deriveId, logger: log },
  });
  observation.attach(api);
  await firstRows(projector);
  report({ listening: { port: await listen(api) } });
  collectAtRest((err) => log.warn({ err }, "memory could not be given back"));

  return {
    renewCertificate: () => door.renewCertificate(api.server),
    async close({ graceMs }: { readonly graceMs: number }) {
      report({ cutOff: await drain.drain(api, graceMs) });
      audit.close();
      await api.close();
      await closePasts();
      await registry.close();
      await evidence.close();
      await closeViews();
    },
  };
}

/** Opens the listener. Returns its port, which may have been left to the system to choose. */
async function listen(api: FastifyInstance): Promise<number> {
  const { address: host, port: wanted } = data.api;
  await openPort({ key: "api.port", at: `${host}:${wanted}` }, () => api.listen({ host, port: wanted }));
  const listening = api.server.address();
  return typeof listening === "object" && listening ? listening.port : wanted;
}

function report(message: ApiThreadReport): void {
  parentPort?.postMessage(message);
}

/** Thrown outside of any promise, so that the thread ends with it and its starter hears of it. */
function fail(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}

start().then(
  ({ close, renewCertificate }) =>
    parentPort?.on("message", (order: ApiThreadOrder) => {
      if ("state" in order) state = { ...state, ...order.state };
      else if ("renewCertificate" in order) renewCertificate().catch(fail);
      else close(order.close).then(() => parentPort?.close(), fail);
    }),
  (error: unknown) => {
    log.error({ err: error }, "the API could not start");
    report({ failed: { message: error instanceof Error ? error.message : String(error) } });
  },
);
