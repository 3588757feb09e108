import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Child, type ChildOptions, startChild } from "./child.ts";

const execute = promisify(execFile);

interface NetworkOptions {
  /** Logs of what runs in the network go here. */
  readonly folder: string;
  /** Announces an IPv6 router, so that iPXE does not spend 14 seconds per boot waiting for one. (Default: true.) */
  readonly routerAdvertisements?: boolean;
}

/** An Ethernet segment of its own in a network namespace: nothing on it reaches the machine's real interfaces. */
export interface TestNetwork {
  readonly namespace: string;
  /** The bridge that machines hang on; it carries `address`. */
  readonly bridge: string;
  /** The service's address on the wire, without the prefix length of 24. */
  readonly address: string;
  /** Runs a program inside to its end and gives its standard output. @throws Error when it fails */
  readonly run: (command: string, ...args: readonly string[]) => Promise<string>;
  /** Starts a program inside; it ends with the network at the latest. */
  readonly start: (command: readonly string[], options: ChildOptions) => Promise<Child>;
  /** Makes one more port on the bridge and gives its interface's name. */
  readonly addTap: () => Promise<string>;
  /** Kills what still runs inside, then removes everything. Call it in `finally` or `afterAll`. */
  readonly close: () => Promise<void>;
}

const bridge = "br0";
const address = "10.77.0.1";

let networksMade = 0;

/** Makes the network. Needs root, or CAP_NET_ADMIN and CAP_SYS_ADMIN. The name carries this process's id. */
export async function createTestNetwork(options: NetworkOptions): Promise<TestNetwork> {
  await removeStaleNamespaces();
  networksMade += 1;
  const namespace = `${namePrefix}${process.pid}-${networksMade}`;
  const inside = ["ip", "netns", "exec", namespace];
  const children: Child[] = [];
  let taps = 0;

  const run = async (command: string, ...args: readonly string[]): Promise<string> => {
    const [first = "", ...rest] = [...inside, command, ...args];
    return (await execute(first, rest)).stdout;
  };
  const start = async (command: readonly string[], childOptions: ChildOptions): Promise<Child> => {
    const child = await startChild([...inside, ...command], childOptions);
    children.push(child);
    return child;
  };
  const close = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.kill()));
    await ip("netns", "delete", namespace);
  };

  await ip("netns", "add", namespace);
  try {
    await addBridge(namespace);
    if (options.routerAdvertisements ?? true)
      await start(routerAdvertiser, { logFile: join(options.folder, "ra.log") });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...{ namespace, bridge, address, run, start, close },
    async addTap() {
      const tap = `tap${taps}`;
      taps += 1;
      await run("ip", "tuntap", "add", "dev", tap, "mode", "tap");
      await ip("-n", namespace, "link", "set", tap, "master", bridge, "up");
      return tap;
    },
  };
}

async function addBridge(namespace: string): Promise<void> {
  const inNamespace = (...args: readonly string[]) => ip("-n", namespace, ...args);
  await inNamespace("link", "set", "lo", "up");
  // Without forward_delay 0 the bridge swallows a machine's first packets for 15 seconds.
  await inNamespace("link", "add", bridge, "type", "bridge", "forward_delay", "0", "stp_state", "0");
  await inNamespace("addr", "add", `${address}/24`, "dev", bridge);
  await inNamespace("addr", "add", "fd77::1/64", "dev", bridge, "nodad");
  await inNamespace("link", "set", bridge, "up");
}

/** dnsmasq with everything switched off but router advertisements: no DNS (port 0), no DHCP for IPv4 or IPv6, no TFTP. */
const routerAdvertiser = [
  ...["dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--port=0", "--pid-file", "--user=root"],
  ...[`--interface=${bridge}`, "--enable-ra", "--dhcp-range=fd77::,ra-only", `--ra-param=${bridge},10,60`],
  ...["--leasefile-ro", "--log-facility=-"],
];

const namePrefix = "ironledger-";

/** Namespaces of test processes that were killed. Their programs died with them. */
async function removeStaleNamespaces(): Promise<void> {
  const names = (await ip("netns", "list")).split("\n").map((line) => line.split(" ")[0] ?? "");
  for (const name of names) {
    const pid = /^ironledger-(\d+)-\d+$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await ip("netns", "delete", name);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function ip(...args: readonly string[]): Promise<string> {
  return (await execute("ip", args)).stdout;
}
