import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { median } from "../log-thread.ts";
import type { Clients } from "./clients.ts";
import { ratio, type Tell } from "./figures.ts";
import type { Server } from "./servers/server.ts";

/** Clients on the server's wire (giaddr 0, broadcast answers), as many exchanges at a time as suit each server. */
export interface DoraFigures {
  /** DORA/s of this repository's service, each lease on the disk before its ACK, by each of the others'. */
  readonly dora_vs_kea: number;
  readonly dora_vs_isc: number;
  readonly dora_vs_dnsmasq: number;
  /** Medians of the rounds. */
  readonly dora_per_s: number;
  readonly dora_kea_per_s: number;
  readonly dora_isc_per_s: number;
  readonly dora_dnsmasq_per_s: number;
  /** Processor time of the server process for one exchange, microseconds. */
  readonly dora_cpu_us: number;
  readonly dora_kea_cpu_us: number;
  /** What the clients reach with a server that only pretends to be one. */
  readonly dora_generator_ceiling: number;
  /** Processor time of the clients while they load this repository's service, of one processor. */
  readonly dora_generator_cpu_share: number;
}

export interface DoraOptions {
  readonly clients: Clients;
  readonly servers: readonly Server[];
  readonly directory: string;
  readonly rounds: number;
  /** Longest time of one measurement. */
  readonly seconds: number;
  readonly tell: Tell;
}

/** How many exchanges are under way at a time; each server gets the one with which it was fastest in a trial. */
const windows = [32, 128, 512];

/**
 * Before each measurement so many clients come whom nobody counts: caches fill, and what is compiled at run time is.
 * With them and those who count, the pool is used to nine tenths at most.
 */
const warmUp = { seconds: 3, clients: 25_000 };
const clientsMax = 65_000;

interface Round {
  readonly perSecond: number;
  readonly cpuUs: number;
  readonly clientsCpuShare: number;
}

/**
 * One server after the other in each round, each with an empty lease file, so that a noisy neighbour meets all of
 * them; ratios are of one round, and their medians are the result.
 */
export async function measureDora(options: DoraOptions): Promise<DoraFigures> {
  const { servers, rounds, tell } = options;
  const ceilings = [await ceiling(options)];
  const chosen = new Map<string, number>();
  for (const server of servers) chosen.set(server.name, await bestWindow(server, options));
  const measured = new Map<string, Round[]>(servers.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const server of servers) {
      const result = await measure(server, chosen.get(server.name) ?? 0, options);
      measured.get(server.name)?.push(result);
      tell(
        `round ${round} ${server.name.padEnd(10)} ${Math.round(result.perSecond)} DORA/s, ${Math.round(result.cpuUs)} us each`,
      );
    }
    ceilings.push(await ceiling(options));
  }
  return figuresOf(measured, ceilings);
}

function figuresOf(
  measured: ReadonlyMap<string, readonly Round[]>,
  ceilings: readonly number[],
): DoraFigures {
  const of = (name: Server["name"]) => measured.get(name) ?? [];
  const rate = (name: Server["name"]) => Math.round(median(of(name).map(({ perSecond }) => perSecond)));
  const cpu = (name: Server["name"]) => Math.round(median(of(name).map(({ cpuUs }) => cpuUs)));
  const versus = (name: Server["name"]) =>
    ratio(of("ironledger").map(({ perSecond }, round) => perSecond / (of(name)[round]?.perSecond ?? 0)));
  return {
    dora_vs_kea: versus("kea"),
    dora_vs_isc: versus("isc"),
    dora_vs_dnsmasq: versus("dnsmasq"),
    dora_per_s: rate("ironledger"),
    dora_kea_per_s: rate("kea"),
    dora_isc_per_s: rate("isc"),
    dora_dnsmasq_per_s: rate("dnsmasq"),
    dora_cpu_us: cpu("ironledger"),
    dora_kea_cpu_us: cpu("kea"),
    dora_generator_ceiling: Math.round(median(ceilings)),
    dora_generator_cpu_share: ratio(of("ironledger").map(({ clientsCpuShare }) => clientsCpuShare)),
  };
}

async function bestWindow(server: Server, options: DoraOptions): Promise<number> {
  let best = { inFlight: 0, perSecond: 0 };
  for (const inFlight of windows) {
    const { perSecond } = await measure(server, inFlight, options);
    if (perSecond > best.perSecond) best = { inFlight, perSecond };
  }
  options.tell(`trial   ${server.name.padEnd(10)} is fastest with ${best.inFlight} exchanges at a time`);
  return best.inFlight;
}

async function measure(server: Server, inFlight: number, options: DoraOptions): Promise<Round> {
  const { clients, seconds } = options;
  const directory = join(options.directory, "dora");
  mkdirSync(directory);
  const running = await server.start(directory, "direct");
  try {
    await clients.run({ ...warmUp, load: { inFlight } });
    const before = running.usage().cpuSeconds;
    const report = await clients.run({ seconds, clients: clientsMax, load: { inFlight } });
    const cpuSeconds = running.usage().cpuSeconds - before;
    return {
      perSecond: report.completed / report.seconds,
      cpuUs: (1e6 * cpuSeconds) / report.completed,
      clientsCpuShare: report.cpuSeconds / report.seconds,
    };
  } finally {
    await running.stop();
    rmSync(directory, { recursive: true });
  }
}

/** The clients against a server of their own kind, on the same wire and the same processors. */
async function ceiling({ clients, seconds }: DoraOptions): Promise<number> {
  const answering = clients.answer(seconds + 1);
  const report = await clients.run({ seconds, clients: 10_000_000, load: { inFlight: 128 } });
  await answering;
  return report.completed / report.seconds;
}
