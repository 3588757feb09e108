import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Clients } from "./clients.ts";
import { rounded, type Tell } from "./figures.ts";
import { wire } from "./namespaces.ts";
import { launchService, startServing } from "./servers/ironledger.ts";

/** What the service takes that remembers 100,000 active leases. */
export interface LeasesFigures {
  /** Memory of the whole process, every thread, after they were granted and it came to rest. */
  readonly rss_mb_100k_leases: number;
  /** Of the service that was started on them. */
  readonly rss_mb_100k_leases_restarted: number;
  /** From the start of the process until a client has its ACK. */
  readonly restart_to_ack_s: number;
}

export interface LeasesOptions {
  readonly clients: Clients;
  readonly directory: string;
  readonly leases: number;
  readonly tell: Tell;
}

/** How often a client asks that waits for the service to start, milliseconds. */
const askEveryMs = 20;

/** How long granting all of them and starting may take. */
const grantSeconds = 300;
const startSeconds = 60;

export async function measureLeases({
  clients,
  directory,
  leases,
  tell,
}: LeasesOptions): Promise<LeasesFigures> {
  const home = join(directory, "leases");
  mkdirSync(home);
  try {
    const service = await startServing(home, wire.largePool);
    const granted = await clients.run({ seconds: grantSeconds, clients: leases, load: { inFlight: 128 } });
    if (granted.completed < leases) throw new Error(`only ${granted.completed} leases were granted`);
    await service.settled();
    const { rssMb } = service.usage();
    tell(`${granted.completed} leases: ${rssMb} MB`);
    await service.stop();
    return {
      rss_mb_100k_leases: rssMb,
      ...(await restart(clients, home)),
    };
  } finally {
    rmSync(home, { recursive: true });
  }
}

async function restart(
  clients: Clients,
  home: string,
): Promise<Pick<LeasesFigures, "restart_to_ack_s" | "rss_mb_100k_leases_restarted">> {
  const begunMs = performance.now();
  const { running, ready } = launchService(home);
  try {
    const load = { inFlight: 1 };
    const { completed } = await clients.run({
      seconds: startSeconds,
      clients: 1,
      load,
      patienceMs: askEveryMs,
    });
    if (completed === 0) throw new Error(`no client had an ACK ${startSeconds} s after the start`);
    const seconds = (performance.now() - begunMs) / 1_000;
    await ready;
    return { restart_to_ack_s: rounded(seconds), rss_mb_100k_leases_restarted: running.usage().rssMb };
  } finally {
    await running.stop();
  }
}
