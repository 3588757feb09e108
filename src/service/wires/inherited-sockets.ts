import type { Socket } from "node:dgram";
import { adoptSocket } from "../../boot/dhcp/wires/server.ts";
import { StartError } from "../start-error.ts";

/** Sockets that whoever started the service has bound to interfaces. */
export interface InheritedSockets {
  /** `undefined`: there is none for this port of this interface. */
  find(interfaceName: string, port: number): Socket | undefined;
  readonly size: number;
}

/** The first descriptor that is passed on (sd_listen_fds(3)). */
const firstDescriptor = 3;

/**
 * Takes over the sockets that systemd, or `ironledger-sockets`, has passed on: `LISTEN_FDS` of them, for the process
 * `LISTEN_PID`, each with the name of its interface in `LISTEN_FDNAMES`. What a socket is for tells its port.
 *
 * @throws StartError when what was passed on cannot be used
 */
export async function inheritedSockets(
  environment: Readonly<Record<string, string | undefined>>,
  pid: number,
): Promise<InheritedSockets> {
  const sockets = new Map<string, Socket>();
  for (const [index, name] of passedNames(environment, pid).entries()) {
    const socket = await adopt(firstDescriptor + index, name);
    sockets.set(`${name}:${socket.address().port}`, socket);
  }
  return { find: (name, port) => sockets.get(`${name}:${port}`), size: sockets.size };
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

async function adopt(fd: number, name: string): Promise<Socket> {
  try {
    const socket = await adoptSocket(fd);
    // Nobody closes it: the process may end all the same.
    socket.unref();
    return socket;
  } catch (error) {
    const message = `LISTEN_FDNAMES: descriptor ${fd}, "${name}", is no bound UDP socket: pass on none but those`;
    throw new StartError(message, { cause: error });
  }
}
