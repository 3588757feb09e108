import { spawnSync } from "node:child_process";

/**
 * Two hosts on one wire: network namespaces of the bench's own, joined by a pair of veth interfaces. The processes
 * under measurement run on `server`, and their clients on `client`.
 */
export const wire = {
  server: { namespace: "il-bench-server", interface: "ilbench0", address: "198.18.0.1" },
  client: { namespace: "il-bench-client", interface: "ilbench1", address: "198.18.0.2" },
  network: "198.18.0.0/15",
  prefixLength: 15,
  /** What a server hands out: a hundred addresses more than 100,000. */
  pool: { first: "198.18.1.0", last: "198.19.136.3" },
  /** A pool that has 100,000 addresses for clients that nobody knows: a tenth of a pool is kept for known ones. */
  largePool: { first: "198.18.1.0", last: "198.19.199.255" },
} as const;

/** @throws Error unless root, or when the kernel refuses */
export function openWire(): void {
  closeWire();
  for (const { namespace } of [wire.server, wire.client]) ip("netns", "add", namespace);
  const { server, client, prefixLength } = wire;
  const ends = ["netns", server.namespace, "type", "veth", "peer", "name", client.interface];
  ip("link", "add", server.interface, ...ends, "netns", client.namespace);
  for (const { namespace, interface: name, address } of [server, client]) {
    ip("-n", namespace, "addr", "add", `${address}/${prefixLength}`, "dev", name);
    ip("-n", namespace, "link", "set", name, "up");
    ip("-n", namespace, "link", "set", "lo", "up");
  }
}

/** Also what an earlier run left behind, programs that still run in the namespaces included. */
export function closeWire(): void {
  for (const { namespace } of [wire.server, wire.client]) {
    const { stdout } = spawnSync("ip", ["netns", "pids", namespace], { encoding: "utf8" });
    for (const pid of stdout.split("\n").filter(Boolean)) endProcess(Number(pid));
    spawnSync("ip", ["netns", "delete", namespace], { stdio: "ignore" });
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid);
  } catch (error) {
    // It may have ended meanwhile.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** The command line that runs a program on one of the two hosts. */
export function on(host: "server" | "client", command: readonly string[]): readonly [string, string[]] {
  return ["ip", ["netns", "exec", wire[host].namespace, ...command]];
}

function ip(...words: readonly string[]): void {
  const { status, stderr } = spawnSync("ip", words, { encoding: "utf8" });
  if (status !== 0) throw new Error(`ip ${words.join(" ")}: ${stderr.trim() || `ended with ${status}`}`);
}
