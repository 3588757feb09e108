import { join } from "node:path";
import type { Logger } from "pino";
import { createDhcpServer, type DhcpServer } from "../boot/dhcp/server.ts";
import { agentTokens } from "../boot/http/agent-tokens.ts";
import { bootFinder } from "../boot/http/known-boot.ts";
import { machineLookup } from "../boot/http/machine-lookup.ts";
import { scriptService } from "../boot/http/script.ts";
import { scriptMaker } from "../boot/http/script-maker.ts";
import { servedRuns } from "../boot/http/served-runs.ts";
import { type BootHttpServer, startBootHttp } from "../boot/http/server.ts";
import { type Catalogue, openCatalogue } from "../boot/templates/catalogue.ts";
import { type ContentStore, openContentStore } from "../boot/templates/content-store.ts";
import type { ScriptRenderer } from "../boot/templates/renderer.ts";
import { type LoaderFiles, loaderFiles } from "../boot/tftp/loader-files.ts";
import { observeTransfers } from "../boot/tftp/observe-transfers.ts";
import { startTftpServer, type TftpServer } from "../boot/tftp/server.ts";
import type { Config } from "../config.ts";
import { bootEnvironmentKind } from "../domain/boot-environment/decide.ts";
import { commandHandler } from "../domain/handle-command.ts";
import type { EventStore } from "../domain/ports/event-store.ts";
import { cidrContains, type Ipv4 } from "../domain/values/ipv4.ts";
import type { Counts } from "./activity.ts";
import type { BootCore } from "./boot-core.ts";
import { measureAnswers, measuredRenderer } from "./metrics/measure-machines.ts";
import type { Meter } from "./metrics/meter.ts";
import type { SecretKeys } from "./secret-keys.ts";
import { openPort } from "./start-error.ts";
import { startRenderer } from "./start-renderer.ts";

export interface BootListenersOptions {
  readonly config: Config;
  readonly store: EventStore;
  readonly keys: SecretKeys;
  readonly core: BootCore;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly log: Logger;
  readonly meter: Meter;
}

/** What is open for machines. */
export interface BootListeners {
  /** What DHCP, TFTP and those who record what they saw have counted since the start. */
  readonly counts: () => Counts;
  /** TFTP transfers under way. */
  readonly activeTransfers: () => number;
  /** What became of connections by HTTP. */
  readonly connections: BootHttpServer["connections"];
  /**
   * Takes no more requests, and finishes what was taken for at most `graceMs`. Resolves to what was cut off, in words.
   */
  close(graceMs: number): Promise<readonly string[]>;
}

/**
 * Publishes the boot environments, then opens HTTP, TFTP and DHCP, in this order: whoever is told by DHCP where to
 * go finds somebody there. What was opened is closed again when a later one cannot be.
 *
 * @throws StartError when a port is taken, or needs privileges
 */
export async function openBootListeners(options: BootListenersOptions): Promise<BootListeners> {
  const { config, newId, meter } = options;
  const plainRenderer = startRenderer();
  const renderer = measuredRenderer(plainRenderer, meter);
  const opened: Opened = {};

  /** DHCP sends nobody any more, then whoever is being served is served to the end, and scripts are needed for that. */
  async function close(graceMs: number): Promise<readonly string[]> {
    await opened.dhcp?.stop();
    const [transfers = 0, connections = 0] = await Promise.all([
      opened.tftp?.close(graceMs),
      opened.http?.close(graceMs),
    ]);
    await renderer.close();
    return [told(transfers, "TFTP transfers"), told(connections, "connections by boot HTTP")].flat();
  }

  try {
    const content = await openContentStore(join(config.dataDirectory, "content"), newId);
    const catalogue = await publishEnvironments(options, { content, renderer });
    const names = [...new Set(Object.values(options.core.loaders))];
    const loaders = loaderFiles(config.assetsDirectory, names);
    const http = await openHttp(options, { content, catalogue, renderer, loaders });
    opened.http = http;
    const tftp = await openTftp(options, loaders);
    opened.tftp = tftp;
    const dhcp = openDhcp(options);
    await openWirePort("dhcpPort", config.wire, () => dhcp.start());
    opened.dhcp = dhcp;
    const { dhcp: leases, observer } = options.core;
    return {
      close,
      activeTransfers: () => tftp.counters().active,
      connections: http.connections,
      counts: () => ({
        dhcp: leases.counters,
        expiry: leases.expiry.counters,
        observer: observer.counters,
        tftp: countedBy(tftp),
      }),
    };
  } catch (error) {
    await close(0);
    throw error;
  }
}

interface Opened {
  http?: BootHttpServer;
  tftp?: TftpServer;
  dhcp?: DhcpServer;
}

function told(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}

interface Kept {
  readonly content: ContentStore;
  readonly renderer: ScriptRenderer;
}

async function publishEnvironments(
  { config, store, core, newId, log }: BootListenersOptions,
  kept: Kept,
): Promise<Catalogue> {
  const id = newId();
  const catalogue = await openCatalogue({
    ...kept,
    templatesDirectory: config.templatesDirectory,
    assetsDirectory: config.assetsDirectory,
    reader: store,
    handle: commandHandler(bootEnvironmentKind, { store, newId }),
    published: core.targets.environments,
    meta: { actor: "system", source: "system", $correlationId: id, $causationId: id },
  });
  for (const { message } of catalogue.problems) log.error(`boot environment not published: ${message}`);
  for (const { version } of catalogue.current) log.info(version, "boot environment");
  return catalogue;
}

interface Served extends Kept {
  readonly catalogue: Catalogue;
  readonly loaders: LoaderFiles;
}

function openHttp(options: BootListenersOptions, served: Served): Promise<BootHttpServer> {
  const { config, store, keys, core, clock, newId, log, meter } = options;
  const { targets, nonces, tracker, observer, handlers, serverUrl } = core;
  const isFenced = () => targets.fence().fenced;
  const machines = machineLookup(store, () => targets.fence().epochPosition);
  const runs = servedRuns(store);
  const tokens = agentTokens({ key: keys.agent, clock });
  const onError = (message: string, err: unknown) => log.error({ err }, message);
  const shared = { nonces, tokens, handlers, machines, servedRuns: runs, tracker, observer, clock, newId };

  const scripts = scriptService({
    ...shared,
    catalogue: served.catalogue,
    maker: scriptMaker({ ...served, serverUrl, consoles: config.consoles }),
    findBoot: bootFinder({ tracker, observer, reader: store, clock }),
    isFenced,
    unknownMachinesAt: unknownMachinesAt(options),
    onError,
  });
  const { address, httpPort: port } = config.wire;
  return openWirePort("httpPort", config.wire, () =>
    startBootHttp({
      address,
      port,
      scripts,
      files: { ...shared, ...served },
      agents: {
        ...shared,
        machineOfRun: (run) => targets.machineByRun(run)?.machineId,
        macAt: core.dhcp.macAt,
        isFenced,
        imagesDirectory: config.imagesDirectory,
        serverUrl,
        onError,
      },
      log,
      onAnswered: measureAnswers(meter),
    }),
  );
}

function unknownMachinesAt({ core }: BootListenersOptions) {
  return (address: Ipv4) =>
    core.targets.subnets().find(({ cidr }) => cidrContains(cidr, address))?.unknownMachines ?? "local-disk";
}

function openTftp(
  { config, core, clock, newId, log }: BootListenersOptions,
  loaders: LoaderFiles,
): Promise<TftpServer> {
  const { tracker, observer, dhcp } = core;
  const { address, tftpPort: port } = config.wire;
  return openWirePort("tftpPort", config.wire, () =>
    startTftpServer({
      address,
      port,
      loaders,
      observer: observeTransfers({ macOf: dhcp.macAt, tracker, observer, clock, newId }),
      onError: (err) => log.error({ err }, "a TFTP transfer failed"),
    }),
  );
}

function openWirePort<Opened>(
  key: "dhcpPort" | "tftpPort" | "httpPort",
  wire: Config["wire"],
  open: () => Promise<Opened>,
) {
  return openPort({ key: `wire.${key}`, at: `${wire.address}:${wire[key]}` }, open);
}

/** Without the transfers that are under way, which come and go. */
function countedBy(tftp: TftpServer) {
  const { active: _, ...counts } = tftp.counters();
  return counts;
}

function openDhcp({ config, core, log }: BootListenersOptions) {
  const { address: wireAddress, dhcpPort: serverPort, dhcpClientPort: clientPort } = config.wire;
  const { respond, counters } = core.dhcp;
  const onError = (err: unknown) => log.error({ err }, "a DHCP message failed");
  return createDhcpServer({ wireAddress, serverPort, clientPort, respond, counters, onError });
}
