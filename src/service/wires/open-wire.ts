import type { Logger } from "pino";
import type { RogueWatch } from "../../boot/dhcp/rogue/rogue-watch.ts";
import type { WireTraffic } from "../../boot/dhcp/server.ts";
import type { BootHttpServer } from "../../boot/http/server.ts";
import type { TftpServer } from "../../boot/tftp/server.ts";
import type { Counts } from "../activity.ts";
import { openPort } from "../start-error.ts";
import type { WirePlace } from "./find-place.ts";
import type { InheritedSockets } from "./inherited-sockets.ts";
import type { OpenWire } from "./kept-wire.ts";
import { type OpenDhcpOptions, openDhcp, type WireDhcp } from "./open-dhcp.ts";
import { openHttp, openTftp, type WireServices, wireScripts } from "./open-http.ts";
import type { WireSettings } from "./wire-settings.ts";

/** What is open for the machines of one wire. */
export interface BootWire extends OpenWire {
  readonly settings: WireSettings;
  /** What TFTP counted. */
  tftpCounts(): Counts[string];
  /** TFTP transfers under way. */
  activeTransfers(): number;
  readonly connections: BootHttpServer["connections"];
  /** Asks the wire for DHCP servers that should not be there. */
  probe(): void;
}

export interface OpenWireOptions extends WireServices {
  readonly sockets: InheritedSockets;
  readonly log: Logger;
  readonly traffic: WireTraffic;
  readonly rogues: RogueWatch | undefined;
}

interface Parts {
  http?: BootHttpServer;
  tftp?: TftpServer;
  dhcp?: WireDhcp;
}

/**
 * Opens HTTP, TFTP and DHCP on a wire, in this order: whoever is told by DHCP where to go finds somebody there. What
 * was opened is closed again when a later one cannot be.
 *
 * @throws StartError when a port is taken, or needs privileges
 */
export async function openWire(
  settings: WireSettings,
  place: WirePlace,
  options: OpenWireOptions,
): Promise<BootWire> {
  const { config, sockets } = options;
  const { address } = place;
  const parts: Parts = {};

  /** DHCP sends nobody any more, then whoever is being served is served to the end. */
  async function close(graceMs: number): Promise<readonly string[]> {
    await parts.dhcp?.stop();
    const [transfers = 0, connections = 0] = await Promise.all([
      parts.tftp?.close(graceMs),
      parts.http?.close(graceMs),
    ]);
    return [told(transfers, "TFTP transfers"), told(connections, "connections by boot HTTP")].flat();
  }

  function opened<Opened>(key: "tftpPort" | "httpPort", open: () => Promise<Opened>): Promise<Opened> {
    return openPort({ key: `wire.${key}`, at: `${address}:${config.wire[key]}` }, open);
  }

  try {
    const scripts = wireScripts(address, options);
    const http = await opened("httpPort", () => openHttp(address, { ...options, scripts }));
    parts.http = http;
    const socket = sockets.find(settings.name, config.wire.tftpPort);
    const tftp = await opened("tftpPort", () => openTftp(address, { ...options, scripts, socket }));
    parts.tftp = tftp;
    const dhcp = await openDhcp(settings, place, dhcpOptions(options));
    parts.dhcp = dhcp;
    return {
      ...{ address, settings, close, connections: http.connections, probe: dhcp.probe },
      tftpCounts() {
        const { active: _, ...counts } = tftp.counters();
        return counts;
      },
      activeTransfers: () => tftp.counters().active,
    };
  } catch (error) {
    await close(0);
    throw error;
  }
}

function dhcpOptions({ config, core, sockets, log, traffic, rogues }: OpenWireOptions): OpenDhcpOptions {
  return { ports: config.wire, core, sockets, log, traffic, rogues };
}

function told(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}
