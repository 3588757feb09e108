import { join } from "node:path";
import type { Logger } from "pino";
import { positionIdentity } from "../adapters/event-store/position.ts";
import { offeredLoaders } from "../boot/dhcp/loader.ts";
import type { WireTraffic } from "../boot/dhcp/server.ts";
import { agentTokens } from "../boot/http/agent-tokens.ts";
import type { ConnectionCounts } from "../boot/http/connections.ts";
import { bootFinder, ticketFinder } from "../boot/http/known-boot.ts";
import { machineLookup } from "../boot/http/machine-lookup.ts";
import { servedRuns } from "../boot/http/served-runs.ts";
import { type Catalogue, openCatalogue } from "../boot/templates/catalogue.ts";
import { type ContentStore, openContentStore } from "../boot/templates/content-store.ts";
import type { ScriptRenderer } from "../boot/templates/renderer.ts";
import { loaderFiles } from "../boot/tftp/loader-files.ts";
import type { Config } from "../config.ts";
import { bootEnvironmentKind } from "../domain/boot-environment/decide.ts";
import { systemMeta } from "../domain/event-meta.ts";
import { commandHandler } from "../domain/handle-command.ts";
import type { EventStore } from "../domain/ports/event-store.ts";
import type { Counts } from "./activity.ts";
import type { BootCore } from "./boot-core.ts";
import { loaderProblems } from "./configuration/check-loaders.ts";
import { measureAnswers, measuredRenderer } from "./metrics/measure-machines.ts";
import type { Meter } from "./metrics/meter.ts";
import type { SecretKeys } from "./secret-keys.ts";
import { startRenderer } from "./start-renderer.ts";
import { type FollowedWires, followWires } from "./wires/follow-wires.ts";
import type { InheritedSockets } from "./wires/inherited-sockets.ts";
import type { WireServices } from "./wires/open-http.ts";
import { type BootWire, openWire } from "./wires/open-wire.ts";
import { type WatchedWires, watchRogues } from "./wires/watch-rogues.ts";
import { wireCounts } from "./wires/wire-counts.ts";
import type { WireSettings } from "./wires/wire-settings.ts";

export interface BootListenersOptions {
  readonly config: Config;
  readonly store: EventStore;
  readonly keys: SecretKeys;
  readonly core: BootCore;
  /** Sockets that are bound to interfaces, from whoever started the service. */
  readonly sockets: InheritedSockets;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly log: Logger;
  readonly meter: Meter;
  /** Told of each wire that is down, and why, in words, whenever that changes. */
  readonly onWiresDown: (wires: readonly string[]) => void;
}

/** What is known of a wire now. */
export interface WireStatus {
  readonly name: string;
  readonly isUp: boolean;
  readonly traffic: WireTraffic;
  /** DHCP servers that should not be there; `undefined`: the wire is not asked. */
  readonly rogueServers: number | undefined;
}

/** What is open for machines. */
export interface BootListeners {
  /** What DHCP, TFTP and those who record what they saw have counted since the start. */
  readonly counts: () => Counts;
  /** TFTP transfers under way. */
  readonly activeTransfers: () => number;
  /** What became of connections by HTTP. */
  readonly connections: () => ConnectionCounts;
  /** Every wire of the configuration. */
  readonly wires: () => readonly WireStatus[];
  /**
   * Takes no more requests, and finishes what was taken for at most `graceMs`. Resolves to what was cut off, in words.
   */
  close(graceMs: number): Promise<readonly string[]>;
}

/**
 * Publishes the boot environments, then opens the wires and follows them.
 *
 * @throws StartError when a port is taken, or needs privileges
 */
export async function openBootListeners(options: BootListenersOptions): Promise<BootListeners> {
  const { core, log, meter, onWiresDown } = options;
  const renderer = measuredRenderer(startRenderer(), meter);
  try {
    const services = await wireServices(options, renderer);
    const totals = wireCounts<BootWire>();
    const watched = watchRogues({ ...options, logId: await logIdOf(options.store) });
    const traffic = new Map(core.wires.all.map(({ name }) => [name, { heard: 0, answered: 0 }]));
    const trafficOf = ({ name }: WireSettings) => traffic.get(name) ?? { heard: 0, answered: 0 };
    const wires = await followWires<BootWire>({
      ...{
        wires: core.wires.all,
        places: core.wires.places,
        log,
        onClosed: totals.keep,
        onDown: onWiresDown,
      },
      isLost: (wire, { address }) => options.sockets.areLost(wire.name, address),
      open: (wire, place) => {
        const own = { sockets: options.sockets, traffic: trafficOf(wire), rogues: watched.of(wire) };
        return openWire(wire, place, { ...services, ...own });
      },
    });
    watched.start(wires.opened);
    return {
      activeTransfers: () => wires.opened().reduce((sum, wire) => sum + wire.activeTransfers(), 0),
      connections: () => totals.connections(wires.opened()),
      wires: () => core.wires.all.map((wire) => statusOf(wire, { wires, watched, traffic: trafficOf(wire) })),
      counts: () => ({
        dhcp: core.dhcp.counters,
        proxy: { ...core.proxy.counters },
        rogues: watched.counts(),
        expiry: core.dhcp.expiry.counters,
        observer: core.observer.counters,
        tftp: totals.tftp(wires.opened()),
      }),
      async close(graceMs) {
        const cutOff = await wires.close(graceMs);
        // Last, so that what was heard to the end is recorded.
        await watched.stop();
        await renderer.close();
        return cutOff;
      },
    };
  } catch (error) {
    await renderer.close();
    throw error;
  }
}

/** There is an event of this start at least. */
async function logIdOf(store: Pick<EventStore, "head">): Promise<string> {
  const head = await store.head();
  if (head === undefined) throw new Error("the log is empty, and this start was recorded in it");
  return positionIdentity(head).logId;
}

function statusOf(
  wire: WireSettings,
  known: {
    readonly wires: FollowedWires<BootWire>;
    readonly watched: WatchedWires;
    readonly traffic: WireTraffic;
  },
): WireStatus {
  const { wires, watched, traffic } = known;
  const rogueServers = watched.serversSeen(wire);
  return { name: wire.name, isUp: wires.isUp(wire), traffic, rogueServers };
}

/** What all wires have in common. */
async function wireServices(options: BootListenersOptions, renderer: ScriptRenderer): Promise<WireServices> {
  const { config, store, keys, core, clock, newId, log, meter } = options;
  const { targets, tracker, observer } = core;
  for (const { key, message } of await loaderProblems(config)) log.error(`${key}: ${message}`);
  const content = await openContentStore(join(config.dataDirectory, "content"), newId);
  return {
    ...{ config, core, clock, newId, log, content, renderer },
    onAnswered: measureAnswers(meter),
    catalogue: await publishEnvironments(options, { content, renderer }),
    loaders: loaderFiles(config.assetsDirectory, offeredLoaders(core.loaders, targets.network)),
    tokens: agentTokens({ key: keys.agent, clock }),
    machines: machineLookup(store, () => targets.fence().epochPosition),
    servedRuns: servedRuns(store),
    findBoot: bootFinder({ tracker, observer, reader: store, clock }),
    findTicket: ticketFinder({ tracker, reader: store, clock }),
  };
}

async function publishEnvironments(
  { config, store, core, newId, log }: BootListenersOptions,
  kept: { readonly content: ContentStore; readonly renderer: ScriptRenderer },
): Promise<Catalogue> {
  const catalogue = await openCatalogue({
    ...kept,
    templatesDirectory: config.templatesDirectory,
    assetsDirectory: config.assetsDirectory,
    reader: store,
    handle: commandHandler(bootEnvironmentKind, { store, newId }),
    published: core.targets.environments,
    meta: systemMeta(newId()),
  });
  for (const { message } of catalogue.problems) log.error(`boot environment not published: ${message}`);
  for (const { version } of catalogue.current) log.info(version, "boot environment");
  return catalogue;
}
