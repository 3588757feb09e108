import type { Socket } from "node:dgram";
import type { Logger } from "pino";
import type { AgentTokens } from "../../boot/http/agent-tokens.ts";
import { serverUrl } from "../../boot/http/boot-urls.ts";
import type { FindBoot, FindTicket } from "../../boot/http/known-boot.ts";
import type { MachineLookup } from "../../boot/http/machine-lookup.ts";
import { type ScriptService, scriptService } from "../../boot/http/script.ts";
import { scriptMaker } from "../../boot/http/script-maker.ts";
import type { ServedRuns } from "../../boot/http/served-runs.ts";
import { type Answered, type BootHttpServer, startBootHttp } from "../../boot/http/server.ts";
import type { Catalogue } from "../../boot/templates/catalogue.ts";
import type { ContentStore } from "../../boot/templates/content-store.ts";
import type { ScriptRenderer } from "../../boot/templates/renderer.ts";
import { firstOf, type TftpFiles } from "../../boot/tftp/files.ts";
import { type LoaderFiles, loaderSource } from "../../boot/tftp/loader-files.ts";
import { machineFiles } from "../../boot/tftp/machine-files.ts";
import { observeTransfers } from "../../boot/tftp/observe-transfers.ts";
import { startTftpServer, type TftpServer } from "../../boot/tftp/server.ts";
import { sharedFiles } from "../../boot/tftp/shared-files.ts";
import type { Config } from "../../config.ts";
import { unknownMachinesOf } from "../../domain/network/subnet.ts";
import { cidrContains, type Ipv4 } from "../../domain/values/ipv4.ts";
import type { BootCore } from "../boot-core.ts";

/** What all wires have in common: what machines are answered from. */
export interface WireServices {
  readonly config: Config;
  readonly core: BootCore;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly log: Logger;
  /** Told of each answer by HTTP. */
  readonly onAnswered: (answer: Answered) => void;
  readonly content: ContentStore;
  readonly renderer: ScriptRenderer;
  readonly catalogue: Catalogue;
  readonly loaders: LoaderFiles;
  readonly tokens: AgentTokens;
  readonly machines: MachineLookup;
  readonly servedRuns: ServedRuns;
  readonly findBoot: FindBoot;
  readonly findTicket: FindTicket;
}

type ScriptedServices = WireServices & { readonly scripts: ScriptService };

/** Scripts that name our address on the wire. */
export function wireScripts(address: Ipv4, services: WireServices): ScriptService {
  const { config, core } = services;
  return scriptService({
    ...sharedOf(services),
    catalogue: services.catalogue,
    maker: scriptMaker({ ...services, serverUrl: urlOf(address, config), consoles: config.consoles }),
    findBoot: services.findBoot,
    isFenced: () => core.targets.fence().fenced,
    unknownMachinesAt: unknownMachinesAt(core),
    onError: errorLog(services),
  });
}

export function openHttp(address: Ipv4, services: ScriptedServices): Promise<BootHttpServer> {
  const { config, core, content, catalogue, loaders, scripts, log, onAnswered } = services;
  const shared = sharedOf(services);
  return startBootHttp({
    address,
    port: config.wire.httpPort,
    scripts,
    files: { ...shared, content, catalogue, loaders, onError: errorLog(services) },
    agents: {
      ...shared,
      machineOfRun: (run) => core.targets.machineByRun(run)?.machineId,
      macAt: core.macAt,
      isFenced: () => core.targets.fence().fenced,
      imagesDirectory: config.imagesDirectory,
      serverUrl: urlOf(address, config),
      onError: errorLog(services),
    },
    log,
    onAnswered,
  });
}

/** `socket`: one that is bound to the wire's interface; `undefined`: one is opened on the address. */
export function openTftp(
  address: Ipv4,
  { socket, ...services }: ScriptedServices & { readonly socket: Socket | undefined },
): Promise<TftpServer> {
  const { config, core, loaders, clock, newId, log } = services;
  const { tracker, observer, macAt } = core;
  return startTftpServer({
    address,
    port: config.wire.tftpPort,
    socket,
    files: firstOf([loaderSource(loaders), machineFilesOf(services)]),
    observer: observeTransfers({ macOf: macAt, tracker, observer, clock, newId }),
    onError: (err) => log.error({ err }, "a TFTP transfer failed"),
  });
}

function machineFilesOf(services: ScriptedServices): TftpFiles {
  const { core, clock, log, findTicket: ticketOf } = services;
  const { macAt, nonces } = core;
  const shared = sharedFiles((err) => log.error({ err }, "a file that TFTP sent could not be closed"));
  return machineFiles({ ...services, macAt, ticketOf, nonces, shared, clock });
}

function sharedOf({ core, tokens, machines, servedRuns, clock, newId }: WireServices) {
  const { nonces, handlers, tracker, observer } = core;
  return { nonces, tokens, handlers, machines, servedRuns, tracker, observer, clock, newId };
}

function urlOf(address: Ipv4, { wire }: Config): string {
  return serverUrl(address, wire.httpPort);
}

function errorLog({ log }: WireServices) {
  return (message: string, err: unknown) => log.error({ err }, message);
}

function unknownMachinesAt({ targets }: BootCore) {
  return (address: Ipv4) =>
    unknownMachinesOf(targets.subnets().find(({ cidr }) => cidrContains(cidr, address)));
}
