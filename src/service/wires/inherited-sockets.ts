import type { Socket } from "node:dgram";
import { adoptSocket, hasLostDevice } from "../../boot/dhcp/wires/server.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import { StartError } from "../start-error.ts";

/** Sockets that whoever started the service has bound to interfaces. */
export interface InheritedSockets {
  /** The interfaces that there are sockets of. */
  readonly names: readonly string[];
  /** `undefined`: there is none for this port of this interface. */
  find(interfaceName: string, port: number): Socket | undefined;
  /**
   * Whether the sockets of the interface are bound to one that is gone, whatever has its name now. `ownAddress`: of this
   * host. No sockets, nothing lost.
   */
  areLost(interfaceName: string, ownAddress: Ipv4): Promise<boolean>;
}

/** The first descriptor that is passed on (sd_listen_fds(3)). */
const firstDescriptor = 3;

/**
 * Takes over the sockets that systemd, or `ironledger-sockets`, has passed on: `LISTEN_FDS` of them, for the process
 * `LISTEN_PID`, each with the name of its interface in `LISTEN_FDNAMES`. What a socket is for tells its port. Which
 * interface it is bound to cannot be read from Node: the name is believed.
 *
 * @throws StartError when what was passed on cannot be used
 */
export async function inheritedSockets(
  environment: Readonly<Record<string, string | undefined>>,
  pid: number,
): Promise<InheritedSockets> {
  const sockets = new Map<string, Map<number, Socket>>();
  for (const [index, name] of passedNames(environment, pid).entries()) {
    const where = `LISTEN_FDNAMES: descriptor ${firstDescriptor + index}, "${name}"`;
    const socket = await adopt(firstDescriptor + index, where);
    const ofInterface = sockets.get(name) ?? new Map<number, Socket>();
    const { port } = socket.address();
    if (ofInterface.has(port))
      throw new StartError(`${where}, is the second one for port ${port}: pass on one`);
    sockets.set(name, ofInterface.set(port, socket));
  }
  return {
    names: [...sockets.keys()],
    find: (name, port) => sockets.get(name)?.get(port),
    async areLost(name, ownAddress) {
      const [one] = sockets.get(name)?.values() ?? [];
      return one !== undefined && hasLostDevice(one, ownAddress);
    },
  };
}

/** The names of the sockets, in the order of their descriptors. Empty when none are meant for this process. */
export function passedNames(
  {
    LISTEN_FDS: count,
    LISTEN_FDNAMES: names = "",
    LISTEN_PID: forPid,
  }: Readonly<Record<string, string | undefined>>,
  pid: number,
): readonly string[] {
  if (count === undefined || forPid !== String(pid)) return [];
  const given = names.split(":");
  return Array.from({ length: Number(count) }, (_, index) => given[index] ?? "");
}

/** `where`: for people. */
async function adopt(fd: number, where: string): Promise<Socket> {
  const socket = await adoptSocket(fd).catch((cause: unknown) => {
    throw new StartError(`${where}, is no bound UDP socket: pass on none but those`, { cause });
  });
  // Nobody closes it: the process may end all the same.
  socket.unref();
  const { address, port } = socket.address();
  // `ListenDatagram=67` of systemd gives a socket of IPv6, and only 0.0.0.0 hears broadcasts.
  if (address !== "0.0.0.0" || port === 0)
    throw new StartError(`${where}, is bound to ${address} port ${port}: bind it to 0.0.0.0 and a port`);
  return socket;
}
