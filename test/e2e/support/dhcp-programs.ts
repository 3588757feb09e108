import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Child } from "./child.ts";
import { type Station, stationInterface } from "./station.ts";

/** What a client told the script that configures its host, when it told it. */
export interface ClientReport {
  /** `bound`, `renew` or `nak` of udhcpc; `BOUND`, `REBOOT` or `RENEW` of dhclient. */
  readonly event: string;
  readonly address: string;
  /** Seconds; 0 when it has no lease. */
  readonly leaseSeconds: number;
  /** Option 54. */
  readonly server: string;
  /** The field `file`, or option 67. */
  readonly bootFile: string;
  /** Option 56. */
  readonly message: string;
}

/** A DHCP client that other people wrote, at work. */
export interface DhcpProgram {
  /** What it prints for people. */
  readonly logFile: string;
  /** Sends it a signal that it understands as an order. */
  readonly order: (signal: NodeJS.Signals) => void;
  /** Ends it without a word to the server. */
  readonly kill: () => Promise<void>;
  /** Everything that it reported. */
  readonly reports: readonly ClientReport[];
  /** The next report of such an event that was not waited for yet. @throws Error after a minute, or when it ends */
  readonly reported: (event: string) => Promise<ClientReport>;
}

/** More than any answer takes when the machine that runs the tests has other things to do. */
const patienceMs = 60_000;

/** Reports after the host is configured, so that a test can look at once. */
const udhcpcScript = `#!/bin/sh
case $1 in
  deconfig) ip -4 address flush dev $interface ;;
  bound)
    ip address replace $ip/$mask dev $interface
    if [ -n "$router" ]; then ip route replace default via $router; fi ;;
  renew) ip address replace $ip/$mask dev $interface ;;
esac
echo "event=$1|address=$ip|leaseSeconds=$lease|server=$serverid|bootFile=\${bootfile:-$boot_file}|message=$message"
`;

const dhclientScript = `#!/bin/sh
case $reason in
  BOUND|REBOOT|RENEW)
    ip address replace $new_ip_address/$new_subnet_mask dev $interface ;;
  EXPIRE|FAIL|RELEASE|STOP) ip -4 address flush dev $interface ;;
esac
echo "event=$reason|address=$new_ip_address|leaseSeconds=$new_dhcp_lease_time|server=$new_dhcp_server_identifier"
`;

/** Asks again after a second, and says nothing about its host but its name. */
const dhclientConfiguration = `timeout 50; retry 1; initial-interval 1; backoff-cutoff 2; reboot 10;
send host-name "Station.of.dhclient";
request subnet-mask, routers, domain-name-servers;
`;

/**
 * Starts udhcpc in the foreground. SIGUSR1 lets it renew, SIGUSR2 release. `args`: more of its own, for instance `-x`
 * for an option.
 */
export async function startUdhcpc(
  station: Station,
  folder: string,
  args: readonly string[] = [],
): Promise<DhcpProgram> {
  const own = await prepare(station, folder, udhcpcScript);
  const tries = ["-t", "20", "-T", "1", "-A", "1"];
  const command = ["udhcpc", "-f", "-i", stationInterface, "-s", own.script, ...tries, ...args];
  const { logFile } = own;
  return follow(await station.start(command, { logFile, stdout: "pipe" }), logFile);
}

/** Starts dhclient in the foreground. What it knows of earlier leases is in `leaseFile`. */
export async function startDhclient(
  station: Station,
  folder: string,
  leaseFile: string,
): Promise<DhcpProgram> {
  const command = await dhclient(station, folder, leaseFile);
  const { logFile } = placesOf(station, folder);
  const words = [...command, "-d", "-1", "-v", stationInterface];
  return follow(await station.start(words, { logFile, stdout: "pipe" }), logFile);
}

/** Lets dhclient give back the lease in `leaseFile`, which ends the one that keeps it. */
export async function releaseByDhclient(station: Station, folder: string, leaseFile: string): Promise<void> {
  const [program = "", ...args] = await dhclient(station, folder, leaseFile);
  await station.run(program, ...args, "-r", stationInterface);
}

/** Writes a lease file as if dhclient had got the address two days ago, somewhere else, for three days. */
export async function rememberLease(leaseFile: string, address: string): Promise<void> {
  const tomorrow = Math.floor(Date.now() / 1000) + 86_400;
  const lease = [
    `interface "${stationInterface}"`,
    `fixed-address ${address}`,
    "option subnet-mask 255.255.255.0",
    "option dhcp-lease-time 259200",
    "option dhcp-message-type 5",
    "option dhcp-server-identifier 192.0.2.1",
    ...["renew", "rebind", "expire"].map((what) => `${what} epoch ${tomorrow}`),
  ];
  await writeFile(leaseFile, `lease {\n${lease.map((line) => `  ${line};\n`).join("")}}\n`);
}

async function dhclient(station: Station, folder: string, leaseFile: string): Promise<readonly string[]> {
  const own = await prepare(station, folder, dhclientScript);
  await writeFile(own.configuration, dhclientConfiguration);
  const files = ["-cf", own.configuration, "-lf", leaseFile, "-pf", own.pidFile, "-sf", own.script];
  return ["dhclient", "-4", ...files];
}

function placesOf(station: Station, folder: string) {
  const own = join(folder, station.namespace);
  return {
    folder: own,
    script: join(own, "report.sh"),
    configuration: join(own, "dhclient.conf"),
    pidFile: join(own, "dhclient.pid"),
    logFile: join(own, "client.log"),
  };
}

async function prepare(station: Station, folder: string, script: string) {
  const own = placesOf(station, folder);
  await mkdir(own.folder, { recursive: true });
  await writeFile(own.script, script);
  await chmod(own.script, 0o755);
  return own;
}

function follow(child: Child, logFile: string): DhcpProgram {
  const { stdout } = child.process;
  if (!stdout) throw new Error("the client has no standard output");
  const reports: ClientReport[] = [];
  const waiting = new Set<() => void>();
  let seen = 0;
  const notify = () => {
    for (const look of [...waiting]) look();
  };
  createInterface(stdout).on("line", (line) => {
    const report = reportOf(line);
    if (report) reports.push(report);
    notify();
  });
  child.process.once("close", notify);

  return {
    logFile,
    order: (signal) => void child.process.kill(signal),
    kill: () => child.kill(),
    reports,
    reported(event) {
      const { promise, resolve, reject } = Promise.withResolvers<ClientReport>();
      const failure = (why: string) =>
        new Error(`${why} without ${event}; it said ${JSON.stringify(reports)}`);
      const timer = setTimeout(() => reject(failure(`${patienceMs} ms passed`)), patienceMs);
      const look = () => {
        const index = reports.findIndex((report, at) => at >= seen && report.event === event);
        const found = reports[index];
        if (found) {
          seen = index + 1;
          resolve(found);
        } else if (child.hasEnded()) reject(failure("the client ended"));
      };
      waiting.add(look);
      look();
      return promise.finally(() => {
        clearTimeout(timer);
        waiting.delete(look);
      });
    },
  };
}

/** `undefined`: the line is the program's own, not its script's. */
function reportOf(line: string): ClientReport | undefined {
  if (!line.startsWith("event=")) return undefined;
  const { leaseSeconds, ...told } = Object.fromEntries(
    line.split("|").map((field) => [field.slice(0, field.indexOf("=")), field.slice(field.indexOf("=") + 1)]),
  );
  const nothing = { event: "", address: "", server: "", bootFile: "", message: "" };
  return { ...nothing, ...told, leaseSeconds: Number(leaseSeconds || 0) };
}
