import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import type { Logger } from "pino";
import { collectDefaultMetrics } from "prom-client";
import { serverUrl } from "./boot/http/boot-urls.ts";
import { type Config, environment } from "./config.ts";
import type { ClockWatch } from "./domain/ports/clock-watch.ts";
import type { EventStore } from "./domain/ports/event-store.ts";
import { Ipv4 } from "./domain/values/ipv4.ts";
import { newId } from "./ids.ts";
import { threadEntry } from "./paths.ts";
import { type ApiThread, startApiThread } from "./service/api-thread.ts";
import { type BootCore, createBootCore } from "./service/boot-core.ts";
import { openBootListeners } from "./service/boot-listeners.ts";
import { checkPorts } from "./service/check-ports.ts";
import { serveClock } from "./service/clock-line.ts";
import { createClockWatch } from "./service/clock-watch.ts";
import { collectAtRest } from "./service/collect-at-rest.ts";
import { followLog } from "./service/follow-log.ts";
import { readKeptMemory, restoreMemory } from "./service/kept-memory.ts";
import { startLeadership, type ToldLeadership } from "./service/leadership/start-leadership.ts";
import type { Ledger } from "./service/ledger/ledger.ts";
import { openLedger } from "./service/ledger/open-ledger.ts";
import { sqliteDirectory } from "./service/ledger/sqlite-directory.ts";
import { createLogger } from "./service/logger.ts";
import { memoryFilter } from "./service/memory.ts";
import { measureMachines } from "./service/metrics/measure-machines.ts";
import { createMeter, type Meter } from "./service/metrics/meter.ts";
import { serveMeter } from "./service/metrics/meter-line.ts";
import { ownVersion, recordStart } from "./service/record-start.ts";
import { type SecretKeys, secretKeys } from "./service/secret-keys.ts";
import { type Part, part, stopParts } from "./service/stopping.ts";
import { startUpkeep } from "./service/upkeep.ts";
import { type InheritedSockets, inheritedSockets } from "./service/wires/inherited-sockets.ts";

export interface ServiceOptions {
  /** A thread died, or the log is lost: nothing can be served any more, and the process should end. */
  readonly onFatal: (error: unknown) => void;
}

export interface Service {
  /** Where everything is, for people and for scripts. */
  readonly endpoints: {
    readonly api: string;
    /** Of the first wire that is up. */
    readonly boot: string;
    readonly tokenFile: string;
  };
  /** Reads the certificate of the API and its key again. */
  renewCertificate(): void;
  /**
   * Takes nothing new, finishes what was taken, commits, closes. Resolves to what was not finished in the given
   * time, milliseconds, in words.
   */
  stop(deadlineMs: number): Promise<readonly string[]>;
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
  const parts: Part[] = [];
  const stop = (deadlineMs: number) => stopParts(parts, deadlineMs);
  try {
    const { api, endpoints } = await start({ config, log, parts, onFatal });
    return { endpoints, renewCertificate: () => api.renewCertificate(), stop };
  } catch (error) {
    await stop(config.stopSeconds * 1_000);
    throw error;
  }
}

interface Starting extends ServiceOptions {
  readonly config: Config;
  readonly log: Logger;
  /** What was started, in the order in which it was. */
  readonly parts: Part[];
}

interface Started extends Pick<Service, "endpoints"> {
  readonly api: ApiThread;
}

async function start(starting: Starting): Promise<Started> {
  const { config, log, parts, onFatal } = starting;
  const { dataDirectory, wire } = config;
  const meter = createMeter((err) => log.error({ err }, "a metric could not be measured"));
  const viewsDirectory = join(dataDirectory, "views");
  const kept = readKeptMemory({
    entry: threadEntry("memory"),
    viewsDirectory,
    onUnreadable: (err) => log.warn({ err }, "memory comes from the log, which takes longer"),
  });
  const ledger = await openLedger({ config, log, meter, parts, onFatal });
  await mkdir(config.imagesDirectory, { recursive: true });
  const { store } = ledger;
  const sockets = await inheritedSockets(environment(), process.pid);
  await checkPorts(config, sockets);
  const version = await ownVersion();
  const record = await recordStart({ store, newId, version, log }, ledger);

  const keys = await secretKeys(join(dataDirectory, "secrets"));
  const leaseMs = config.leadershipSeconds * 1_000;
  const leadership = await startLeadership({
    ...{ ledger, leaseMs, keys, newId, steadyMs, log, parts, onFatal },
  });
  const core = createBootCore({ config, store, keys, clock, steadyMs, newId, leadership });
  const clockWatch = createClockWatch({ clockGuard: core.clockGuard, newId, record, log });
  const tokenFile = join(dataDirectory, "api-token");
  const api = await both(
    openApi(starting, { ledger, meter, clockWatch, version, viewsDirectory, tokenFile }),
    followInto(starting, { store, core, kept }),
  );
  await openMachines(starting, { ledger, meter, keys, core, clockWatch, api, sockets, leadership });

  const host = config.api.address.includes(":") ? `[${config.api.address}]` : config.api.address;
  const scheme = config.api.tls ? "https" : "http";
  return {
    api,
    endpoints: {
      api: `${scheme}://${host}:${api.port}/graphql`,
      boot: serverUrl(core.wires.places.addresses()[0] ?? Ipv4.parse("0.0.0.0"), wire.httpPort),
      tokenFile,
    },
  };
}

/** Neither needs the other. Resolves to the first one's result; when one fails, not before the other has ended. */
async function both<Result>(one: Promise<Result>, other: Promise<void>): Promise<Result> {
  await Promise.allSettled([one, other]);
  await other;
  return one;
}

interface MemoryNeeds {
  readonly store: EventStore;
  readonly core: BootCore;
  readonly kept: ReturnType<typeof readKeptMemory>;
}

/** Reads what the packet path has to know, and follows it. */
async function followInto({ parts, onFatal }: Starting, { store, core, kept }: MemoryNeeds): Promise<void> {
  const found = await kept;
  const after = found && (await restoreMemory(found, { reader: store, taker: core }));
  const follower = await followLog({
    reader: store,
    filter: memoryFilter,
    after,
    apply: core.apply,
    onFailure: onFatal,
  });
  parts.push(part("following the log", () => follower.stop()));
}

interface ApiNeeds {
  readonly ledger: Ledger;
  readonly meter: Meter;
  readonly clockWatch: ClockWatch;
  readonly version: string;
  readonly viewsDirectory: string;
  readonly tokenFile: string;
}

/** Starts the thread of views and queries. */
async function openApi({ config, parts, onFatal }: Starting, needs: ApiNeeds): Promise<ApiThread> {
  const { ledger, meter, clockWatch, version, viewsDirectory, tokenFile } = needs;
  const { dataDirectory } = config;
  const { port1, port2 } = new MessageChannel();
  serveMeter(port1, meter);
  const clockLine = new MessageChannel();
  serveClock(clockLine.port1, clockWatch);
  const api = await startApiThread({
    entry: threadEntry("api"),
    log: ledger.connect(),
    meters: { main: port2, log: ledger.meterPort },
    clock: clockLine.port2,
    version,
    limits: config.readiness,
    tracing: config.tracing,
    dataDirectory,
    logDirectory: sqliteDirectory(config),
    viewsDirectory,
    imagesDirectory: config.imagesDirectory,
    backupsDirectory: config.backupsDirectory,
    templatesDirectory: config.templatesDirectory,
    assetsDirectory: config.assetsDirectory,
    tokenFile,
    machines: { wire: config.wire, moreWires: config.moreWires, loaders: config.loaders },
    api: config.api,
    checkpoints: config.checkpoints,
    oidc: config.oidc,
    logLevel: config.logLevel,
    onFailure: onFatal,
  });
  ledger.onHealth((health) => api.tell({ health }));
  parts.push({ name: "the API", stop: async (graceMs) => cutOffRequests(await api.close(graceMs)) });
  return api;
}

function cutOffRequests(count: number): readonly string[] {
  return count === 0 ? [] : [`${count} requests of the API`];
}

interface MachineNeeds {
  readonly ledger: Ledger;
  readonly meter: Meter;
  readonly keys: SecretKeys;
  readonly core: BootCore;
  readonly clockWatch: ClockWatch;
  readonly api: ApiThread;
  readonly sockets: InheritedSockets;
  readonly leadership: ToldLeadership;
}

/** Opens the sockets of machines, and starts what is done because time passes. */
async function openMachines({ config, log, parts }: Starting, needs: MachineNeeds): Promise<void> {
  const { ledger, meter, keys, core, clockWatch, api, sockets, leadership } = needs;
  const { store } = ledger;
  const listeners = await openBootListeners({
    ...{ config, store, keys, core, sockets, clock, newId, log, meter },
    onWiresDown: (wiresDown) => api.tell({ wiresDown }),
  });
  parts.push({ name: "the listeners of machines", stop: listeners.close });
  measureMachines(meter, { core, listeners });
  meter.gauge("ironledger_leading", () => [{ value: Number(leadership.isHeld()) }]);
  leadership.onChange((leads) => api.tell({ leads }));
  collectDefaultMetrics({ register: meter.registry });
  const { counts } = listeners;
  collectAtRest((err) => log.warn({ err }, "memory could not be given back"));
  const onClockDoubt = (clockInDoubt: boolean) => api.tell({ clockInDoubt });
  const upkeep = startUpkeep({ core, clockWatch, clock, newId, leadership, counts, onClockDoubt, log });
  parts.push(part("upkeep", () => upkeep.stop()));
  // The first to be stopped: whoever sends requests here is told to send them elsewhere.
  parts.push(part("telling that it stops", async () => api.tell({ isStopping: true })));
  api.tell({ isOpen: true });
}
