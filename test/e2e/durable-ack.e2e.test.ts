import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, type TestContext, test } from "vitest";
import { prepareAssets } from "../../src/rehearsal/stand-ins.ts";
import { commandLinesOf } from "../support/secret-search.ts";
import { leakedSecrets } from "../support/service-secrets.ts";
import { readStoppedLog } from "../support/stopped-log.ts";
import { type Crowd, crowdSize, gatherCrowd } from "./support/crowd.ts";
import { startUdhcpc } from "./support/dhcp-programs.ts";
import { createTestNetwork, type TestNetwork } from "./support/network.ts";
import { type InsideService, startServiceInside } from "./support/service-inside.ts";
import { readLog } from "./support/site.ts";
import { stationsOn } from "./support/station.ts";
import { mutate } from "./support/subject.ts";

let folder: string;
let assetsDirectory: string;
let network: TestNetwork;
let apiSocket: string | undefined;
let rounds = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ironledger-durable-"));
  network = await createTestNetwork({ folder, routerAdvertisements: false });
  const builtDirectory = join(folder, "nothing-built");
  const assets = await prepareAssets({ builtDirectory, madeDirectory: join(folder, "assets") });
  assetsDirectory = assets.directory;
});

afterAll(async () => {
  await network?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A service of its own, which can be killed and started again on what it left. */
interface Round {
  readonly dataDirectory: string;
  readonly crowd: Crowd;
  readonly running: () => InsideService;
  readonly restart: () => Promise<void>;
  readonly station: ReturnType<typeof stationsOn>["add"];
}

/** Starts one that has an address for each of the crowd, one more, and no others but a tenth for known machines. */
async function beginRound({ onTestFinished }: TestContext): Promise<Round> {
  rounds += 1;
  const own = join(folder, `round-${rounds}`);
  await mkdir(own);
  const start = () =>
    startServiceInside(network, { folder: own, assetsDirectory, ...(apiSocket && { apiSocket }) });
  let service = await start();
  apiSocket = service.apiSocket;
  const stations = stationsOn(network);
  onTestFinished(async () => {
    await service.kill();
    await stations.close();
  });
  await mutate(service, "defineSubnet", {
    name: "near",
    cidr: "10.77.0.0/24",
    ranges: [{ first: "10.77.0.100", last: "10.77.0.211" }],
    leaseSeconds: 3600,
  });
  const relay = await stations.add("52:54:00:99:01:00");
  return {
    dataDirectory: service.dataDirectory,
    crowd: await gatherCrowd(relay, { address: "10.77.0.250", server: network.address }),
    running: () => service,
    station: stations.add,
    async restart() {
      service = await start();
    },
  };
}

/** Every lease on the disk of a service that was killed, as MAC and address, with the event that granted it. */
async function grantsOnDisk(dataDirectory: string) {
  const log = await readStoppedLog(dataDirectory);
  const grants = log.filter(({ type }) => type === "LeaseGranted");
  return grants.map(({ eventId, stream, hash, data }) => {
    const { mac } = data["holder"] as { readonly mac: string };
    return { eventId, hash, mac, address: stream.replace(/^address-/, "") };
  });
}

async function grantsByApi(service: InsideService) {
  const grants = (await readLog(service)).filter(({ type }) => type === "LeaseGranted");
  return grants.map(({ eventId, hash, stream }) => ({ eventId, hash, stream }));
}

async function endRound({ running, dataDirectory }: Round): Promise<void> {
  const service = running();
  const commandLines = await commandLinesOf(service.pid);
  expect(await service.stop()).toBe(0);
  const places = { directories: [dataDirectory], logFiles: [service.logFile], commandLines };
  expect(await leakedSecrets(places)).toEqual([]);
}

describe("a lease that a client was told of", () => {
  test.for([1, 2, 3, 4])("outlives the service that is killed at once, round %i", async (_, context) => {
    const round = await beginRound(context);
    const station = await round.station("52:54:00:99:00:01");
    const client = await startUdhcpc(station, folder);
    const { address } = await client.reported("bound");
    await round.running().kill();
    await client.kill();

    const [granted, ...others] = await grantsOnDisk(round.dataDirectory);
    expect(granted).toMatchObject({ address, mac: station.mac });
    expect(others).toEqual([]);
    if (!granted) return;

    await round.restart();
    const { eventId, hash } = granted;
    expect(await grantsByApi(round.running())).toEqual([{ eventId, hash, stream: `address-${address}` }]);

    const taken = [...(await round.crowd.ask()).values()];
    expect(taken).toHaveLength(crowdSize);
    expect(new Set([address, ...taken]).size).toBe(crowdSize + 1);

    const again = await startUdhcpc(station, folder);
    expect((await again.reported("bound")).address).toBe(address);
    await endRound(round);
  });

  test.for([1, 10, 50])("outlives it among a hundred, killed at acknowledgement %i", async (at, context) => {
    const round = await beginRound(context);
    const told = await round.crowd.askAndKill(round.running().pid, at);
    expect(told.size).toBeGreaterThanOrEqual(at);
    // Waits until it is gone, which it has been told already.
    await round.running().kill();

    const grants = await grantsOnDisk(round.dataDirectory);
    const onDisk = new Map(grants.map(({ mac, address }) => [mac, address]));
    expect(Object.fromEntries(onDisk)).toMatchObject(Object.fromEntries(told));

    await round.restart();
    const all = await round.crowd.ask();
    expect(Object.fromEntries(all)).toMatchObject(Object.fromEntries(onDisk));
    expect(new Set(all.values()).size).toBe(crowdSize);
    const afterwards = await grantsByApi(round.running());
    expect(afterwards.slice(0, grants.length).map(({ eventId }) => eventId)).toEqual(
      grants.map(({ eventId }) => eventId),
    );
    await endRound(round);
  });
});
