import { execFile } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { median } from "../log-thread.ts";
import { ratio, type Tell } from "./figures.ts";
import { on, wire } from "./namespaces.ts";
import type { Server } from "./servers/server.ts";

/** perfdhcp, which speaks as a relay and goes to the server by unicast. */
export interface RelayFigures {
  /** The highest rate that each served with less than one percent of drops, one by the other. */
  readonly perfdhcp_vs_kea: number;
  readonly perfdhcp_per_s: number;
  readonly perfdhcp_kea_per_s: number;
}

export interface RelayOptions {
  /** This repository's service and Kea. */
  readonly servers: readonly Server[];
  readonly directory: string;
  readonly rounds: number;
  readonly seconds: number;
  readonly tell: Tell;
}

/**
 * Exchanges begun each second, tried in this order until a server drops one percent twice. All steps together need
 * 94,000 addresses in two seconds each. perfdhcp itself is at its end soon above the last.
 */
const steps = [1_000, 2_000, 3_000, 4_500, 6_000, 8_000, 10_000, 12_500];
const dropsMax = 0.01;

const execute = promisify(execFile);

export async function measureRelay(options: RelayOptions): Promise<RelayFigures> {
  const { servers, rounds, tell } = options;
  const rates = new Map<string, number[]>(servers.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const server of servers) {
      const perSecond = await climb(server, options);
      rates.get(server.name)?.push(perSecond);
      tell(`round ${round} ${server.name.padEnd(10)} ${perSecond} DORA/s by perfdhcp`);
    }
  }
  const of = (name: Server["name"]) => rates.get(name) ?? [];
  return {
    perfdhcp_vs_kea: ratio(of("ironledger").map((rate, round) => rate / (of("kea")[round] ?? 0))),
    perfdhcp_per_s: median(of("ironledger")),
    perfdhcp_kea_per_s: median(of("kea")),
  };
}

/** The highest step that the server kept up with; 0: not even the first. */
async function climb(server: Server, options: RelayOptions): Promise<number> {
  const directory = join(options.directory, "relay");
  mkdirSync(directory);
  const running = await server.start(directory, "relay");
  let best = 0;
  try {
    await load({ perSecond: 500, seconds: 4, group: 0xff });
    for (const [group, perSecond] of steps.entries()) {
      const ways = [2 * group, 2 * group + 1].map((way) => ({
        perSecond,
        seconds: options.seconds,
        group: way,
      }));
      if (!(await isServed(ways))) break;
      best = perSecond;
    }
    return best;
  } finally {
    await running.stop();
    rmSync(directory, { recursive: true });
  }
}

interface Load {
  readonly perSecond: number;
  readonly seconds: number;
  /** Of MAC addresses: no two loads have a client in common, so that each grants new leases. */
  readonly group: number;
}

/** Whether one of the tries did: a neighbour on the same host spoils one now and then. */
async function isServed(tries: readonly Load[]): Promise<boolean> {
  for (const each of tries) if ((await load(each)) < dropsMax) return true;
  return false;
}

/** The greater share of drops of the two halves, DISCOVER-OFFER and REQUEST-ACK. */
async function load({ perSecond, seconds, group }: Load): Promise<number> {
  const mac = `mac=00:0c:${group.toString(16).padStart(2, "0")}:00:00:00`;
  const words = ["-4", "-l", wire.client.address, "-r", perSecond, "-p", seconds, "-R", 1_000_000, "-b", mac];
  const command = ["perfdhcp", ...words, "-W", 700_000, wire.server.address].map(String);
  // It ends with 3 when there was a drop, and says how many.
  const output = await execute(...on("client", command)).then(
    ({ stdout }) => stdout,
    (error: Error & { readonly stdout?: string }) => error.stdout ?? "",
  );
  const count = (what: string) =>
    [...output.matchAll(new RegExp(`^${what} packets: (\\d+)$`, "gm"))].map(([, n]) => Number(n));
  const sent = count("sent");
  const received = count("received");
  if (sent.length !== 2 || received.length !== 2) throw new Error(`perfdhcp says ${output}`);
  const [discovers = 0, requests = 0] = sent;
  const [offers = 0, acks = 0] = received;
  const isShort = discovers < 0.95 * perSecond * seconds;
  return isShort || requests === 0 ? 1 : Math.max(1 - offers / discovers, 1 - acks / requests);
}
