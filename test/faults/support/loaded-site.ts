import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { startRelay } from "../../../src/rehearsal/relay.ts";
import { createSite } from "../../support/service-under-test.ts";
import { checkHistory, type Violation } from "../history/check-history.ts";
import type { Kept, Operation } from "../history/history.ts";
import { createRecorder } from "../history/recorder.ts";
import { createApiClient, keyOfApiEvent } from "../load/api-client.ts";
import type { LoadClient, Target } from "../load/client.ts";
import { createDhcpClient, leaseOfEvent } from "../load/dhcp-client.ts";
import { createFeedReader, type FeedReader } from "../load/feed-reader.ts";
import type { ScenarioReport } from "../scenario.ts";
import { askService } from "./ask-service.ts";
import { type DoomedService, startDoomed } from "./doomed-service.ts";
import { type LoggedFact, soundLog } from "./kept-log.ts";
import { patiently } from "./patiently.ts";

const operators = 6;
const dhcpClients = 6;

/** After which time a client asks again when nobody answers, milliseconds. */
const againMs = 50;

/** So many events come about while a reader is told of one. */
const liveEvents = 200;

/** A place for a service, and everybody who uses it: operators, machines that want their first address, readers of the log. */
export interface LoadedSite {
  readonly dataDirectory: string;
  /** Starts the service, and does not wait for it. */
  start(): Promise<DoomedService>;
  /** Defines the network that the machines are in. To be done once, before the service is used. */
  prepare(target: Target): Promise<void>;
  /** Lets everybody use a service as long as something takes. @throws what a client finds wrong */
  whileUsed<Result>(target: Target, act: () => Promise<Result>): Promise<Result>;
  /** Waits, while it is used, until so many more were acknowledged. */
  untilAcknowledged(more: number): Promise<void>;
  /** Waits, while it is used, until no reader is further behind than whoever takes events as they come. */
  untilLive(): Promise<void>;
  /** Lets everybody use a service until it has acknowledged some more, and all readers have come to that. */
  finish(target: Target): Promise<void>;
  /** What everybody saw against what the log holds. Nobody writes it any more. @throws Error when it is not sound */
  judge(options?: JudgeOptions): Promise<Pick<ScenarioReport, "acknowledged" | "violations" | "figures">>;
  /** Ends the service too, where it still runs. */
  close(): Promise<void>;
}

interface JudgeOptions {
  /** Where the log is. (Default: where it was) */
  readonly dataDirectory?: string;
  /**
   * Whether a machine that asks again may be granted the same address again, because its lease lies in another time.
   * (Default: no)
   */
  readonly mayRegrant?: boolean;
}

export interface LoadedSiteOptions {
  readonly directory: string;
  /** What the service's configuration says besides. */
  readonly settings?: object;
  /** What it is started under. (Default: nothing) */
  readonly under?: readonly string[];
  /** Where the service's files are for everybody else, before their names. (Default: where they are for it) */
  readonly seenAt?: string;
  /** Those who follow the log. (Default: one who reads as fast as it is told) */
  readonly readers?: readonly FeedReader[];
}

export async function createLoadedSite(
  dataDirectory: string | undefined,
  { directory, settings, under, seenAt = "", readers = [createFeedReader()] }: LoadedSiteOptions,
): Promise<LoadedSite> {
  const site = await createSite(join(directory, "assets"));
  const data = dataDirectory ?? site.dataDirectory;
  const configFile = await site.configFor(data, settings);
  const recorder = createRecorder();
  const { dhcp: port } = site.ports;
  const relay = await startRelay({ giaddr: "127.77.0.2" as Ipv4, server: "127.0.0.1" as Ipv4, port });
  const clients: readonly LoadClient[] = [
    ...numbers(operators).map((index) => createApiClient(index, recorder)),
    ...numbers(dhcpClients).map((index) => createDhcpClient({ index, step: dhcpClients, relay }, recorder)),
    ...readers,
  ];

  let newest: DoomedService | undefined;

  const whileUsed = <Result>(target: Target, act: () => Promise<Result>) => whileUsedBy(clients, target, act);

  async function untilAcknowledged(more: number): Promise<void> {
    const enough = recorder.acknowledged() + more;
    await patiently(() => recorder.acknowledged() >= enough || undefined);
  }

  return {
    dataDirectory: data,
    whileUsed,
    async start() {
      const logFile = join(directory, "service.log");
      const service = await startDoomed({ configFile, logFile, under, seenAt });
      newest = service;
      return service;
    },

    prepare: (target) => defineSubnet(target),

    untilAcknowledged,

    async untilLive() {
      const nearly = () => newestPosition(recorder.operations()) - liveEvents;
      await patiently(() => readUpTo(readers) >= nearly() || undefined);
    },

    async finish(target) {
      await whileUsed(target, async () => {
        await untilAcknowledged(clients.length);
        const newest = newestPosition(recorder.operations());
        await patiently(() => readUpTo(readers) >= newest || undefined);
      });
    },

    async judge({ dataDirectory: place = data, mayRegrant = false } = {}) {
      const whole = await soundLog(place, effectOf);
      const log = mayRegrant ? withoutRegrants(whole) : whole;
      const operations = recorder.operations();
      const sights = readers.map((reader) => reader.sights());
      const violations = [...checkHistory({ operations, readers: sights, log }), ...sharedLeases(operations)];
      const read = sights.reduce((sum, { length }) => sum + length, 0);
      return { acknowledged: recorder.acknowledged(), violations, figures: { events: log.length, read } };
    },

    async close() {
      await newest?.kill();
      await relay.close();
      await site.remove();
    },
  };
}

/** Waits until a service is ready. @throws Error when it does not start, or thinks that it is a copy */
export async function readyTarget(service: DoomedService): Promise<Target> {
  const target = await service.ready;
  if (!target) throw new Error("the service did not start");
  const { service: status } = await askService(target, "{ service { fenced fencedBecause } }");
  const { fenced, fencedBecause } = status as { readonly fenced: boolean; readonly fencedBecause: string };
  if (fenced) throw new Error(`a service whose log is its own thinks that it was restored: ${fencedBecause}`);
  return target;
}

async function whileUsedBy<Result>(
  clients: readonly LoadClient[],
  target: Target,
  act: () => Promise<Result>,
): Promise<Result> {
  const over = new AbortController();
  const load = Promise.all(clients.map((client) => untilOver(client, target, over.signal)));
  try {
    // A client that fails ends the wait, and the scenario.
    return await Promise.race([act(), load.then(() => Promise.reject(new Error("nobody asks any more")))]);
  } finally {
    over.abort();
    await load;
  }
}

async function untilOver(client: LoadClient, target: Target, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await client.run(target, signal);
    await delay(againMs, undefined, { signal }).catch(() => undefined);
  }
}

async function defineSubnet(target: Target): Promise<void> {
  const input = `{ name: "faults", cidr: "127.77.0.0/16", unknownMachines: DISCOVER, leaseSeconds: 86400,
    ranges: [{ first: "127.77.1.1", last: "127.77.250.254" }] }`;
  await askService(target, `mutation { defineSubnet(input: ${input}) { userErrors { code } } }`);
}

function effectOf({ type, stream, data }: LoggedFact) {
  const key = keyOfApiEvent(type, data);
  return key === undefined ? leaseOfEvent(type, { stream, data }) : { key };
}

/** How far the last of the readers has come. */
function readUpTo(readers: readonly FeedReader[]): number {
  return Math.min(...readers.map((reader) => reader.sights().at(-1)?.position ?? 0));
}

/** The newest place in the log that somebody was told of. */
function newestPosition(operations: readonly Operation[]): number {
  return operations.reduce(
    (newest, told) => Math.max(newest, (told.outcome === "acknowledged" && told.position) || 0),
    0,
  );
}

/** No lease ends while the machines of a scenario live, so that no two may ever have been given one address. */
function sharedLeases(operations: readonly Operation[]): readonly Violation[] {
  const holders = new Map<string, string>();
  const violations: Violation[] = [];
  for (const operation of operations) {
    if (operation.outcome !== "acknowledged" || operation.fact === undefined) continue;
    const { key, fact } = operation;
    const holder = holders.get(fact);
    holders.set(fact, key);
    if (holder)
      violations.push({ rule: "duplicated", message: `${fact} was given by ${holder} and by ${key}` });
  }
  return violations;
}

/** A lease counts once, where it was granted first. */
function withoutRegrants(log: readonly Kept[]): readonly Kept[] {
  const granted = new Set<string>();
  return log.map((kept) => {
    const { position, event, key, fact } = kept;
    if (key === undefined || fact === undefined) return kept;
    const lease = `${key} ${fact}`;
    if (granted.has(lease)) return { position, event };
    granted.add(lease);
    return kept;
  });
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
