import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { TestContext } from "vitest";
import { type Child, type ChildOptions, startChild } from "./child.ts";
import type { TestNetwork } from "./network.ts";

const execute = promisify(execFile);

/** The name of a station's interface, inside its namespace. */
export const stationInterface = "eth0";

/** A host in a network namespace of its own, so that a DHCP client can configure it as it likes. */
export interface Station {
  readonly namespace: string;
  readonly mac: string;
  /** Runs a program there to its end and gives its standard output. @throws Error when it fails */
  readonly run: (command: string, ...args: readonly string[]) => Promise<string>;
  /** Starts a program there; it ends with the stations at the latest. */
  readonly start: (command: readonly string[], options: ChildOptions) => Promise<Child>;
  /** The IPv4 addresses of its interface. */
  readonly addresses: () => Promise<readonly string[]>;
}

/** The end of a cable that is not the station's. */
export interface Outlet {
  readonly namespace: string;
  /** The name that the interface gets there. */
  readonly port: string;
  /** The bridge that it becomes a port of; without one, it gets this address with its prefix length. */
  readonly joins: { readonly bridge: string } | { readonly address: string };
}

export interface Stations {
  /** Plugs a host into the network's bridge, or elsewhere. */
  readonly add: (mac: string, outlet?: Outlet) => Promise<Station>;
  /** Kills what runs on the stations and removes them. Call it before the network is closed. */
  readonly close: () => Promise<void>;
}

/** Of stations of this process, so that no two have one name. */
let stationsMade = 0;

/** Hosts for one test. */
export function stationsFor({ onTestFinished }: TestContext, network: TestNetwork): Stations {
  const stations = stationsOn(network);
  onTestFinished(stations.close);
  return stations;
}

export function stationsOn(network: TestNetwork): Stations {
  const closing: (() => Promise<void>)[] = [];

  async function add(mac: string, outlet = bridgePort(network)): Promise<Station> {
    stationsMade += 1;
    // Named so that a later run removes it, should this process be killed.
    const namespace = `ironledger-${process.pid}-${1000 + stationsMade}`;
    const children: Child[] = [];
    await ip("netns", "add", namespace);
    closing.push(async () => {
      await Promise.all(children.map((child) => child.kill()));
      await ip("netns", "delete", namespace);
    });
    await plug({ namespace, mac }, outlet);
    const inside = ["netns", "exec", namespace];
    return {
      namespace,
      mac,
      run: (command, ...args) => ip(...inside, command, ...args),
      async start(command, options) {
        const child = await startChild(["ip", ...inside, ...command], options);
        children.push(child);
        return child;
      },
      addresses: () => addressesIn(namespace),
    };
  }

  return {
    add,
    async close() {
      for (const closeOne of closing.splice(0).toReversed()) await closeOne();
    },
  };
}

function bridgePort({ namespace, bridge }: TestNetwork): Outlet {
  return { namespace, port: `station${stationsMade + 1}`, joins: { bridge } };
}

async function plug(
  { namespace, mac }: Pick<Station, "namespace" | "mac">,
  { namespace: far, port, joins }: Outlet,
): Promise<void> {
  const station = ["peer", "name", stationInterface, "address", mac, "netns", namespace];
  await ip("-n", far, "link", "add", port, "type", "veth", ...station);
  if ("bridge" in joins) await ip("-n", far, "link", "set", port, "master", joins.bridge);
  else await ip("-n", far, "address", "add", joins.address, "dev", port);
  await ip("-n", far, "link", "set", port, "up");
  await ip("-n", namespace, "link", "set", "lo", "up");
  await ip("-n", namespace, "link", "set", stationInterface, "up");
}

async function addressesIn(namespace: string): Promise<readonly string[]> {
  const listed = await ip("-n", namespace, "-4", "-o", "address", "show", "dev", stationInterface);
  return [...listed.matchAll(/ inet ([0-9.]+)\//g)].map(([, address = ""]) => address);
}

async function ip(...args: readonly string[]): Promise<string> {
  return (await execute("ip", args)).stdout;
}
