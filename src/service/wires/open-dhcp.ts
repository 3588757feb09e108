import type { Logger } from "pino";
import { clientOrRelay, limitedBroadcast, whoeverAsked } from "../../boot/dhcp/destination.ts";
import { bootServerPort } from "../../boot/dhcp/proxy/proxy.ts";
import type { RogueWatch } from "../../boot/dhcp/rogue/rogue-watch.ts";
import { type DhcpServer, startDhcpServer, type WireTraffic } from "../../boot/dhcp/server.ts";
import {
  addressSockets,
  deviceSocket,
  type OpenSockets,
  unicastSocket,
} from "../../boot/dhcp/wires/server.ts";
import type { Config } from "../../config.ts";
import type { BootCore } from "../boot-core.ts";
import { openPort } from "../start-error.ts";
import type { WirePlace } from "./find-place.ts";
import type { InheritedSockets } from "./inherited-sockets.ts";
import type { WireSettings } from "./wire-settings.ts";

export interface OpenDhcpOptions {
  readonly ports: Config["wire"];
  readonly core: Pick<BootCore, "dhcp" | "proxy">;
  readonly sockets: InheritedSockets;
  readonly log: Pick<Logger, "error">;
  /** What came and went by the wire; it outlasts the sockets. */
  readonly traffic: WireTraffic;
  /** `undefined`: the wire is not asked for servers. */
  readonly rogues: RogueWatch | undefined;
}

/** Said beside that the port is taken. */
export const takenByDhcp =
  "a DHCP server of another of this host's networks can stay, when ironledger-sockets or systemd gives this service " +
  "sockets that are bound to the wire's interface";

/** The DHCP of one wire. */
export interface WireDhcp {
  /** Asks the wire for servers that should not be there. Nothing happens on a wire that is not asked. */
  probe(): void;
  stop(): Promise<void>;
}

/** Opens what the wire's mode wants: leases, boots beside another server, or nothing. @throws StartError */
export async function openDhcp(
  wire: WireSettings,
  place: WirePlace,
  options: OpenDhcpOptions,
): Promise<WireDhcp> {
  const { core, ports, rogues } = options;
  const servers: DhcpServer[] = [];
  const stop = async () => void (await Promise.all(servers.map((server) => server.stop())));
  const opening = opener(wire, place, options);
  try {
    if (wire.dhcp === "serve") servers.push(await opening.leases(core.dhcp.respond));
    if (wire.dhcp === "proxy") servers.push(await opening.leases(core.proxy.offer));
    if (wire.dhcp === "proxy" || wire.dhcp === "boot-server") servers.push(await opening.bootServer());
  } catch (error) {
    await stop();
    throw error;
  }
  const [first] = servers;
  return {
    stop,
    probe() {
      if (!rogues || !first || !place.mac) return;
      first.send(rogues.probe({ address: place.address, mac: place.mac }), ports.dhcpPort, limitedBroadcast);
    },
  };
}

function opener(wire: WireSettings, place: WirePlace, options: OpenDhcpOptions) {
  const { ports, core, sockets, log, traffic, rogues } = options;
  const { address } = place;
  const shared = {
    wire: { name: wire.name, address },
    counters: core.dhcp.counters,
    traffic,
    onError: (err: unknown) => log.error({ err, wire: wire.name }, "a DHCP message failed"),
  };
  const inherited = (port: number) => sockets.find(wire.name, port);

  function bound(port: number, otherwise: OpenSockets): OpenSockets {
    const socket = inherited(port);
    return socket ? deviceSocket(socket) : otherwise;
  }

  return {
    leases: (answer: BootCore["dhcp"]["respond"]) => {
      const { dhcpPort: serverPort, dhcpClientPort: clientPort } = ports;
      const open = () =>
        startDhcpServer({
          ...shared,
          answer,
          destination: clientOrRelay({ serverPort, clientPort }),
          overhearing: rogues,
          openSockets: bound(serverPort, addressSockets({ address, port: serverPort })),
        });
      const at = { key: "wire.dhcpPort", at: `${address}:${serverPort}`, ifTaken: takenByDhcp };
      return openPort(at, open);
    },

    bootServer: () => {
      const open = () =>
        startDhcpServer({
          ...shared,
          answer: core.proxy.confirm,
          destination: whoeverAsked,
          openSockets: bound(bootServerPort, unicastSocket({ address, port: bootServerPort })),
        });
      return openPort({ key: wire.key, at: `${address}:${bootServerPort}` }, open);
    },
  };
}
