import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import type { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { acquireLease, type Lease } from "../../../src/rehearsal/dhcp-client.ts";
import { hardwareOf } from "../../../src/rehearsal/hardware.ts";
import { startRelay } from "../../../src/rehearsal/relay.ts";
import { type FixtureEngine, type FixtureOptions, startFixture } from "../../support/esdb-fixture/engine.ts";
import { type SpawnedFixture, spawnFixture } from "../../support/esdb-fixture/spawn.ts";
import { createSite, type RunningService, startService } from "../../support/service-under-test.ts";

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** An engine as a process of its own, ended after the test. */
export async function spawnEngine(): Promise<SpawnedEngine> {
  const directory = await mkdtemp(join(tmpdir(), "ironledger-engine-"));
  cleanups.push(() => rm(directory, { recursive: true }));
  const journal = join(directory, "journal");
  const engine = await spawnFixture(journal);
  cleanups.push(engine.kill);
  return {
    ...engine,
    async copy() {
      const older = await readFile(journal);
      return async () => {
        await engine.kill();
        await writeFile(journal, older);
        await engine.killAndRestart();
      };
    },
  };
}

/** A cluster in this process, whose nodes the test freezes, stops and makes leaders. Ended after the test. */
export async function startCluster(nodes = 3, options: FixtureOptions = {}): Promise<FixtureEngine> {
  const cluster = await startFixture({ nodes, ...options });
  cleanups.push(async () => cluster.stop());
  return cluster;
}

export interface SpawnedEngine extends SpawnedFixture {
  /** Copies what is in it. Returns what puts that back. */
  copy(): Promise<() => Promise<void>>;
}

/** A place for a process of the service on an engine: a data directory, ports, and a relay that leads to them. */
export interface EngineSite {
  readonly dataDirectory: string;
  /** What the processes of this site logged, a JSON object each line. */
  readonly logFile: string;
  /** `token`: of the API, where the log has one already, which another process has told. Its keys are shared then, too. */
  start(token?: string): Promise<RunningService>;
  /** Machine number `index` asks this site's process for an address. */
  lease(index: number, retryMs?: readonly number[]): Promise<Lease>;
}

/** What a process tells of itself by a metric; NaN: nothing. */
export async function metricOf(service: RunningService, metric: string): Promise<number> {
  const headers = { authorization: `Bearer ${service.token}` };
  const text = await (await fetch(new URL("/metrics", service.api), { headers })).text();
  const line = text
    .split("\n")
    .find((each) => each.startsWith(`${metric} `) || each.startsWith(`${metric}{`));
  return Number(line?.split(" ").at(-1));
}

/** By engine, where the process is whose keys the others have. */
const firstOn = new Map<string, string>();

/** Everything is ended and removed after the test. `settings`: of the configuration, besides. */
export async function engineSite(store: string, settings: object = {}): Promise<EngineSite> {
  const site = await createSite("assets");
  cleanups.push(site.remove);
  const relay = await startRelay({
    giaddr: "127.77.0.2" as Ipv4,
    server: "127.0.0.1" as Ipv4,
    port: site.ports.dhcp,
  });
  cleanups.push(relay.close);
  const config = await site.configFor(site.dataDirectory, { store, ...settings });
  const logFile = join(site.directory, "service.log");
  let transactions = 0;

  return {
    dataDirectory: site.dataDirectory,
    logFile,
    async start(token) {
      if (token !== undefined) {
        await mkdir(site.dataDirectory, { recursive: true });
        await writeFile(join(site.dataDirectory, "api-token"), token);
        const [own, first] = [join(site.dataDirectory, "secrets"), firstOn.get(store)];
        if (first !== undefined && first !== site.dataDirectory && !existsSync(own)) {
          await cp(join(first, "secrets"), own, { recursive: true });
        }
      }
      const service = await startService(config, logFile);
      if (!firstOn.has(store)) firstOn.set(store, site.dataDirectory);
      cleanups.push(async () => {
        const { exitCode, signalCode } = service.process;
        if (exitCode === null && signalCode === null) await service.kill();
      });
      return service;
    },
    lease(index, retryMs) {
      const agent = { packages: [] };
      return acquireLease("agent", {
        hardware: hardwareOf(index, agent),
        relay,
        xid: () => ++transactions,
        signal: AbortSignal.timeout(60_000),
        ...(retryMs && { retryMs }),
      });
    },
  };
}
