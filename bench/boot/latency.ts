import { closeSync, fdatasyncSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { runLoad } from "../api/load.ts";
import type { Clients } from "./clients.ts";
import { rounded } from "./figures.ts";
import { ironledger } from "./servers/ironledger.ts";

/** How long an ACK takes at 1,000 DORA/s, while GraphQL serves 100 queries a second beside it. */
export interface LatencyFigures {
  /** From the REQUEST to its ACK, and less what a sync of the disk takes: both the slowest of a hundred. */
  readonly ack_p99_over_fdatasync_ms: number;
  readonly ack_p99_ms: number;
  readonly ack_p50_ms: number;
  readonly fdatasync_p99_ms: number;
  /** Exchanges that were not complete a second later. */
  readonly ack_lost: number;
  readonly query_p99_ms: number;
}

export interface LatencyOptions {
  readonly clients: Clients;
  readonly directory: string;
  readonly seconds: number;
}

const perSecond = 1_000;
const queriesPerSecond = 100;

const leasesQuery = `{
  leases(first: 50) { nodes { address holder { mac hostname } until } pageInfo { hasNextPage } }
}`;

export async function measureLatency({
  clients,
  directory,
  seconds,
}: LatencyOptions): Promise<LatencyFigures> {
  const home = join(directory, "latency");
  mkdirSync(home);
  const service = await ironledger.start(home);
  const query = (forSeconds: number) =>
    runLoad({ perSecond: queriesPerSecond, seconds: forSeconds, send: () => service.ask(leasesQuery) });
  try {
    await Promise.all([clients.run({ seconds: 5, clients: 5 * perSecond, load: { perSecond } }), query(5)]);
    const synced = syncs(home);
    const [report, queries] = await Promise.all([
      clients.run({ seconds, clients: seconds * perSecond, load: { perSecond } }),
      query(seconds),
    ]);
    const fdatasync = latenciesInMs([...synced, ...syncs(home)]);
    return {
      ack_p99_over_fdatasync_ms: rounded(report.ackP99Ms - fdatasync),
      ack_p99_ms: rounded(report.ackP99Ms),
      ack_p50_ms: rounded(report.ackP50Ms),
      fdatasync_p99_ms: rounded(fdatasync),
      ack_lost: report.lost,
      query_p99_ms: queries.p99,
    };
  } finally {
    await service.stop();
    rmSync(home, { recursive: true });
  }
}

function latenciesInMs(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length * 0.99)] ?? Number.NaN;
}

/** What writing an event's octets and syncing them takes on the disk that the log is on, milliseconds each. */
function syncs(directory: string): readonly number[] {
  const file = openSync(join(directory, "sync"), "a");
  const event = Buffer.alloc(500, "x");
  const took = Array.from({ length: 1_000 }, () => {
    const beganMs = performance.now();
    writeSync(file, event);
    fdatasyncSync(file);
    return performance.now() - beganMs;
  });
  closeSync(file);
  return took;
}
