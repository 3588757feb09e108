import { mkdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import { z } from "zod";
import type { LogHealth } from "./adapters/event-store/sqlite/latch.ts";
import { type LogThread, startLogThread } from "./adapters/event-store/sqlite/log-thread.ts";
import { createSqliteEventStore } from "./adapters/event-store/sqlite/sqlite-event-store.ts";
import type { Config } from "./config.ts";
import { commandHandler } from "./domain/handle-command.ts";
import type { EventStore } from "./domain/ports/event-store.ts";
import type { SystemCommand } from "./domain/system/commands.ts";
import { systemKind } from "./domain/system/decide.ts";
import { systemStream } from "./domain/system/events.ts";
import { newId } from "./ids.ts";
import { packageFile, threadEntry } from "./paths.ts";
import { type ApiThread, startApiThread } from "./service/api-thread.ts";
import { createBootCore } from "./service/boot-core.ts";
import { openBootListeners } from "./service/boot-listeners.ts";
import { checkPorts } from "./service/check-ports.ts";
import { followLog } from "./service/follow-log.ts";
import { createLogger } from "./service/logger.ts";
import { memoryFilter } from "./service/memory.ts";
import { secretKeys } from "./service/secret-keys.ts";
import { startUpkeep } from "./service/upkeep.ts";

export interface ServiceOptions {
  /** A thread died, or the log is lost: nothing can be served any more, and the process should end. */
  readonly onFatal: (error: unknown) => void;
}

export interface Service {
  /** Where everything is, for people and for scripts. */
  readonly endpoints: {
    readonly api: string;
    readonly boot: string;
    readonly tokenFile: string;
  };
  /** Takes nothing new, finishes what was taken, commits, closes. */
  stop(): Promise<void>;
}

const clock = () => new Date();
const steadyMs = () => performance.now();

/**
 * Starts everything, in the order in which it is needed: the log, what is known of it, the API, and last the
 * sockets of machines. What was started is stopped again when a later part cannot start.
 *
 * @throws EventStoreError, Error of a socket or of a file
 */
export async function startService(config: Config, { onFatal }: ServiceOptions): Promise<Service> {
  const log = createLogger(config.logLevel, "main");
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const stopOne of stops.toReversed()) await stopOne();
  };
  try {
    const endpoints = await start({ config, log, stops, onFatal });
    return { endpoints, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Starting extends ServiceOptions {
  readonly config: Config;
  readonly log: Logger;
  /** How to stop what was started, in the order in which it was. */
  readonly stops: (() => Promise<unknown>)[];
}

async function start({ config, log, stops, onFatal }: Starting): Promise<Service["endpoints"]> {
  const { dataDirectory, wire } = config;
  await mkdir(join(dataDirectory, "log"), { recursive: true, mode: 0o700 });
  await mkdir(config.imagesDirectory, { recursive: true });

  let api: ApiThread | undefined;
  let health: LogHealth | undefined;
  const logDirectory = join(dataDirectory, "log");
  const logThread = await startLogThread({
    entry: threadEntry("log"),
    directory: logDirectory,
    onHealth(now) {
      log.warn(now, "the log's health changed");
      health = now;
      api?.tellHealth(now);
    },
    onWarning: (message) => log.warn(message),
    onFailure: onFatal,
  });
  stops.push(() => logThread.close());
  const store = createSqliteEventStore(logThread.connect());
  stops.push(() => store.close());
  await checkPorts(config);
  const record = await recordStart(store, logThread, log);

  const keys = await secretKeys(join(dataDirectory, "secrets"));
  const core = createBootCore({ config, store, keys, clock, steadyMs, newId });
  const follower = await followLog({
    reader: store,
    filter: memoryFilter,
    apply: core.apply,
    onFailure: onFatal,
  });
  stops.push(() => follower.stop());

  const tokenFile = join(dataDirectory, "api-token");
  const started = await startApiThread({
    entry: threadEntry("api"),
    line: logThread.connect(),
    logDirectory,
    viewsDirectory: join(dataDirectory, "views"),
    imagesDirectory: config.imagesDirectory,
    tokenFile,
    ...config.api,
    logLevel: config.logLevel,
    onFailure: onFatal,
  });
  api = started;
  // A disk is full before anybody is there to be told of it, too.
  if (health) started.tellHealth(health);
  stops.push(() => started.close());

  const listeners = await openBootListeners({ config, store, keys, core, clock, newId, log });
  stops.push(() => listeners.close());
  const { counts } = listeners;
  const upkeep = startUpkeep({ core, clock, newId, record, counts, onClockDoubt: started.tellClock, log });
  stops.push(() => upkeep.stop());

  const host = config.api.address.includes(":") ? `[${config.api.address}]` : config.api.address;
  return {
    api: `http://${host}:${started.port}/graphql`,
    boot: `http://${wire.address}:${wire.httpPort}`,
    tokenFile,
  };
}

/** Puts the start into the log, and before it the restore, if that is what it is. Returns how to record more. */
async function recordStart(store: EventStore, { restored }: LogThread, log: Logger) {
  const handle = commandHandler(systemKind, { store, newId });
  const record = async (command: SystemCommand, meta = startMeta()): Promise<void> => {
    const result = await handle(systemStream, command, { meta });
    if (result.outcome === "rejected") throw new Error(`${command.type}: ${result.rejection.message}`);
  };
  if (restored) {
    log.warn(
      restored,
      "the log continues from a copy: every boot is the disk until an effects epoch is started",
    );
    await record({ type: "RecordRestore", ...restored });
  }
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(packageFile, "utf8")));
  await record({ type: "RecordStart", version, nodeVersion: process.versions.node, hostname: hostname() });
  return record;
}

function startMeta() {
  const id = newId();
  return { actor: "system", source: "system", $correlationId: id, $causationId: id };
}
