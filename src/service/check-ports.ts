import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import type { Config } from "../config.ts";
import { openPort } from "./start-error.ts";

/** A port of the configuration, and how to find out whether it can be had. */
export interface PortCheck {
  /** `wire.dhcpPort` */
  readonly key: string;
  /** Opens it and closes it again. @throws StartError */
  readonly check: () => Promise<void>;
}

/**
 * Opens every port of the configuration and closes it again, so that a mistake of an operator is found before the log
 * tells of a start that never came to be. Whoever takes a port after this is found when it is opened for good.
 *
 * @throws StartError
 */
export async function checkPorts(config: Pick<Config, "wire" | "api">): Promise<void> {
  for (const { check } of portChecks(config)) await check();
}

/** How to check each port, in the order in which they are opened. */
export function portChecks({ wire, api }: Pick<Config, "wire" | "api">): readonly PortCheck[] {
  const at = (key: "dhcpPort" | "tftpPort" | "httpPort") => ({ address: wire.address, port: wire[key] });
  // DHCP listens on all addresses and on the wire's own.
  const everywhere = { address: "0.0.0.0", port: wire.dhcpPort };
  return [
    portCheck("wire.dhcpPort", everywhere, () => tryUdp(everywhere, { shared: true })),
    portCheck("wire.dhcpPort", at("dhcpPort"), () => tryUdp(at("dhcpPort"), { shared: true })),
    portCheck("wire.tftpPort", at("tftpPort"), () => tryUdp(at("tftpPort"), { shared: false })),
    portCheck("wire.httpPort", at("httpPort"), () => tryTcp(at("httpPort"))),
    portCheck("api.port", api, () => tryTcp(api)),
  ];
}

interface Endpoint {
  readonly address: string;
  readonly port: number;
}

function portCheck(key: string, { address, port }: Endpoint, open: () => Promise<void>): PortCheck {
  return { key, check: () => openPort({ key, at: `${address}:${port}` }, open) };
}
/** `shared`: with others that say so as well, as relays on the same host do. */
async function tryUdp({ address, port }: Endpoint, { shared }: { readonly shared: boolean }): Promise<void> {
  const socket = createSocket({ type: "udp4", reuseAddr: shared });
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
