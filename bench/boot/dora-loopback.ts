import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { createSqliteEventStore } from "../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import { type BootTargets, createBootTracker } from "../../src/boot/boot-tracker.ts";
import { clientOrRelay } from "../../src/boot/dhcp/destination.ts";
import { startDhcpServer } from "../../src/boot/dhcp/server.ts";
import { createDhcpService } from "../../src/boot/dhcp/service.ts";
import { addressSockets } from "../../src/boot/dhcp/wires/server.ts";
import { createObserver } from "../../src/boot/observer.ts";
import { networkCodec, networkStream } from "../../src/domain/network/events.ts";
import { Subnet, subnetDefaults } from "../../src/domain/network/subnet.ts";
import type { EventStore } from "../../src/domain/ports/event-store.ts";
import type { Ipv4 } from "../../src/domain/values/ipv4.ts";
import { newId } from "../../src/ids.ts";
import { freeUdpPorts } from "../../src/rehearsal/ports.ts";
import { median, refuse, withLogThread } from "../log-thread.ts";
import type { DoraClientsData, DoraClientsReport } from "./dora-loopback-clients.ts";

/** How many machines get an address, each lease on disk before its DHCPACK. */
export interface DoraFigures {
  /** Whole exchanges (DISCOVER, OFFER, REQUEST, ACK) of new clients per second: the median of the rounds. */
  readonly dora_per_s: number;
  readonly dora_per_s_min: number;
  readonly dora_per_s_max: number;
  /** Messages that were not answered because too much was under way. */
  readonly dora_shed: number;
}

export interface DoraBenchOptions {
  /** (Default: 9) */
  readonly rounds?: number;
  /** How long one round takes, milliseconds. (Default: 1,000) */
  readonly roundMs?: number;
  /** Exchanges under way at a time. (Default: 128) */
  readonly inFlight?: number;
  /** On the disk to measure. (Default: the system's directory for temporary files) */
  readonly parent?: string;
}

const serverAddress = "127.0.0.1" as Ipv4;

const subnet = Subnet.parse({
  ...subnetDefaults,
  name: "bench",
  cidr: "127.0.0.0/8",
  ranges: [{ first: "127.80.0.0", last: "127.127.255.0" }],
  routers: ["127.77.0.1"],
  dnsServers: ["127.77.0.1"],
  domainName: "bench.example",
  leaseSeconds: 3_600,
  unknownMachines: "local-disk",
});

/**
 * Measures the DHCP service over real sockets on the loopback, with the log's thread and SQLite behind it. The clients
 * are in a thread of their own, directly on the server's wire: no relay, and answers that are broadcast.
 */
export async function measureDora(options: DoraBenchOptions = {}): Promise<DoraFigures> {
  const { rounds = 9, roundMs = 1_000, inFlight = 128, parent } = options;
  return withLogThread(parent, async ({ thread }) => {
    const store = createSqliteEventStore(thread.connect());
    const [clientPort = 0] = await freeUdpPorts(1);
    const { server, counters } = await startService(store, clientPort);
    const clients = startClients({ serverAddress, serverPort: server.port, clientPort, inFlight });
    try {
      await sleep(roundMs);
      const rates: number[] = [];
      for (let round = 0; round < rounds; round++) rates.push(await rateOf(clients, roundMs));
      return {
        dora_per_s: Math.round(median(rates)),
        dora_per_s_min: Math.round(Math.min(...rates)),
        dora_per_s_max: Math.round(Math.max(...rates)),
        dora_shed: counters.shed,
      };
    } finally {
      await clients.terminate();
      await server.stop();
      await store.close();
    }
  });
}

async function startService(store: EventStore, clientPort: number) {
  const clock = () => new Date();
  const targets: BootTargets = { causeOf: () => undefined, isKnown: () => false };
  const machines = { isKnown: targets.isKnown, machineByMac: () => undefined };
  const service = createDhcpService({
    ownAddresses: () => [serverAddress],
    store,
    clock,
    newId,
    machines,
    tracker: createBootTracker({ targets, newId }),
    observer: createObserver({ store, targets, clock, newId }),
    fenced: () => false,
    clockSuspect: () => false,
    probe: async () => "free",
    scriptUrl: () => refuse("no client of this measurement boots"),
    loaderUrl: () => refuse("no client of this measurement boots"),
  });
  const id = newId();
  const event = { ...networkCodec.write({ type: "SubnetDefined", data: { subnet } }), id };
  const meta = { actor: "system", source: "system", $correlationId: id, $causationId: id };
  await store.append(networkStream, { expectedRevision: "no-stream", events: [{ ...event, meta }] });
  for (const recorded of await store.readStream(networkStream)) service.apply(recorded);
  const { respond, counters } = service;
  const server = await startDhcpServer({
    wire: { name: "loopback", address: serverAddress },
    openSockets: addressSockets({ address: serverAddress, port: 0 }),
    destination: clientOrRelay({ serverPort: 0, clientPort }),
    answer: respond,
    counters,
    traffic: { heard: 0, answered: 0 },
    onError: refuse,
  });
  return { server, counters };
}

function startClients(data: DoraClientsData): Worker {
  return new Worker(new URL("./dora-loopback-clients.ts", import.meta.url), { workerData: data });
}

async function rateOf(clients: Worker, roundMs: number): Promise<number> {
  const before = await completedBy(clients);
  const beganMs = performance.now();
  await sleep(roundMs);
  const after = await completedBy(clients);
  return ((after - before) * 1000) / (performance.now() - beganMs);
}

async function completedBy(clients: Worker): Promise<number> {
  const reported = once(clients, "message");
  clients.postMessage("report");
  const [{ completed }] = (await reported) as [DoraClientsReport];
  return completed;
}
