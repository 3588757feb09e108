import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { ensureFirstToken } from "../adapters/access/first-token.ts";
import { openAccessRegistry } from "../adapters/access/registry.ts";
import type { LogHealth } from "../adapters/event-store/sqlite/latch.ts";
import { openLogReader } from "../adapters/event-store/sqlite/open-reader.ts";
import { createSqliteEventStore } from "../adapters/event-store/sqlite/sqlite-event-store.ts";
import { createApi } from "../adapters/graphql/api.ts";
import { accessKind } from "../domain/access/decide.ts";
import { commandHandler } from "../domain/handle-command.ts";
import { deriveId, newId } from "../ids.ts";
import { schemaFile } from "../paths.ts";
import { startProjector } from "../projections/projector.ts";
import { allViews } from "../projections/views/all.ts";
import type { ApiThreadData, ApiThreadOrder, ApiThreadReport } from "../service/api-thread.ts";
import { createLogger } from "../service/logger.ts";
import { openPort } from "../service/start-error.ts";

/** The thread of views and queries. Its other end is `startApiThread`. */
const data = workerData as ApiThreadData;
const log = createLogger(data.logLevel, "api");
const clock = () => new Date();
let health: LogHealth = { status: "writable" };
let clockInDoubt = false;

async function start() {
  const localReader = openLogReader(data.logDirectory);
  const store = createSqliteEventStore(data.line, { reader: localReader });
  const projector = await startProjector({
    directory: data.viewsDirectory,
    views: allViews,
    reader: store,
    notify: ({ view, message, error }) => log[error ? "error" : "info"]({ view, err: error }, message),
  });
  const handleAccess = commandHandler(accessKind, { store, newId });
  await ensureFirstToken({ reader: store, handleAccess, newId, randomBytes, file: data.tokenFile });
  const registry = await openAccessRegistry({ reader: store, clock, onFailure: fail });
  const api = await createApi({
    store,
    projector,
    typeDefs: await readFile(schemaFile, "utf8"),
    imagesDirectory: data.imagesDirectory,
    authenticate: registry.authenticate,
    notReady,
    clock,
    newId,
    deriveId,
    logger: log,
  });
  const { address: host, port: wanted } = data;
  await openPort({ key: "api.port", at: `${host}:${wanted}` }, () => api.listen({ host, port: wanted }));
  const listening = api.server.address();
  const port = typeof listening === "object" && listening ? listening.port : wanted;
  report({ listening: { port } });

  return async () => {
    await api.close();
    await registry.close();
    await projector.close();
    await store.close();
    localReader.close();
  };
}

/** Anybody may read the answer, so it names no path and no error. */
function notReady(): string | undefined {
  if (health.status !== "writable") return "the log cannot be written";
  return clockInDoubt ? "the wall clock was changed: confirm it" : undefined;
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
  (close) =>
    parentPort?.on("message", (order: ApiThreadOrder) => {
      if ("health" in order) health = order.health;
      else if ("clockInDoubt" in order) clockInDoubt = order.clockInDoubt;
      else close().then(() => parentPort?.close(), fail);
    }),
  (error: unknown) => {
    log.error({ err: error }, "the API could not start");
    report({ failed: { message: error instanceof Error ? error.message : String(error) } });
  },
);
