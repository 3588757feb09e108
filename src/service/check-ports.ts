import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { bootServerPort } from "../boot/dhcp/proxy/proxy.ts";
import type { Config } from "../config.ts";
import { openPort, type PortPlace } from "./start-error.ts";
import type { InheritedSockets } from "./wires/inherited-sockets.ts";
import { takenByDhcp } from "./wires/open-dhcp.ts";
import { requireSockets } from "./wires/require-sockets.ts";
import { wirePlaces } from "./wires/wire-places.ts";
import { type WireSettings, wireSettings } from "./wires/wire-settings.ts";

/** A port of the configuration, and how to find out whether it can be had. */
export interface PortCheck {
  /** `wire.dhcpPort` */
  readonly key: string;
  /** Opens it and closes it again. @throws StartError */
  readonly check: () => Promise<void>;
}

type CheckedConfig = Pick<Config, "wire" | "moreWires" | "api">;

/**
 * Opens every port of the configuration and closes it again, so that a mistake of an operator is found before the log
 * tells of a start that never came to be. Whoever takes a port after this is found when it is opened for good.
 *
 * `sockets`: what is open already.
 *
 * @throws StartError
 */
export async function checkPorts(config: CheckedConfig, sockets: InheritedSockets): Promise<void> {
  requireSockets(wireSettings(config), { config, sockets });
  for (const { check } of portChecks(config, sockets)) await check();
}

/** How to check each port, in the order in which they are opened. Wires that are down have none. */
export function portChecks(
  { wire: ports, api, ...config }: CheckedConfig,
  sockets: Pick<InheritedSockets, "find">,
): readonly PortCheck[] {
  const wires = wireSettings({ wire: ports, ...config });
  const places = wirePlaces(wires, networkInterfaces);
  const ofWires = wires.flatMap((wire) => {
    const place = places.of(wire);
    return place
      ? wireChecks(wire, { address: place.address, ports, sockets, isOnly: wires.length === 1 })
      : [];
  });
  return [...ofWires, portCheck({ key: "api.port", ...api }, () => tryTcp(api))];
}

interface CheckedWire {
  readonly address: string;
  readonly ports: Config["wire"];
  readonly sockets: Pick<InheritedSockets, "find">;
  /** Of several wires, what is to be bound to interfaces is checked by whoever binds it. */
  readonly isOnly: boolean;
}

function wireChecks(
  wire: WireSettings,
  { address, ports, sockets, isOnly }: CheckedWire,
): readonly PortCheck[] {
  const { dhcpPort, tftpPort, httpPort } = ports;
  const isLeasing = wire.dhcp === "serve" || wire.dhcp === "proxy";
  const isBootServer = wire.dhcp === "proxy" || wire.dhcp === "boot-server";
  const udp = (key: string, port: number, ifTaken?: string) => {
    const check = portCheck({ key, address, port, ...(ifTaken !== undefined && { ifTaken }) }, () =>
      tryUdp({ address, port }),
    );
    return sockets.find(wire.name, port) ? [] : [check];
  };
  return [
    // Whoever has the port on all addresses has it on this one.
    ...(isLeasing && isOnly ? udp("wire.dhcpPort", dhcpPort, takenByDhcp) : []),
    ...(isBootServer ? udp(wire.key, bootServerPort) : []),
    ...udp("wire.tftpPort", tftpPort),
    portCheck({ key: "wire.httpPort", address, port: httpPort }, () => tryTcp({ address, port: httpPort })),
  ];
}

interface Endpoint {
  readonly address: string;
  readonly port: number;
}

function portCheck(
  { key, address, port, ifTaken }: Endpoint & Omit<PortPlace, "at">,
  open: () => Promise<void>,
): PortCheck {
  const more = ifTaken === undefined ? {} : { ifTaken };
  return { key, check: () => openPort({ key, at: `${address}:${port}`, ...more }, open) };
}

async function tryUdp({ address, port }: Endpoint): Promise<void> {
  const socket = createSocket("udp4");
  try {
    socket.bind({ address, port, exclusive: true });
    await once(socket, "listening");
  } finally {
    await new Promise<void>((resolve) => socket.close(resolve));
  }
}

async function tryTcp({ address, port }: Endpoint): Promise<void> {
  const server = createServer().listen({ host: address, port, exclusive: true });
  await once(server, "listening");
  server.close();
  await once(server, "close");
}
