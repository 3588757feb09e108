import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareAssets } from "../../../src/rehearsal/stand-ins.ts";
import { eventually } from "../../support/eventually.ts";
import type { LoggedEvent } from "./logged-event.ts";
import { createTestNetwork, type TestNetwork } from "./network.ts";
import { type InsideService, startServiceInside } from "./service-inside.ts";
import { readLog } from "./site.ts";
import { mutate } from "./subject.ts";

/** Of every lease: the shortest that there is. A renewal is an event after its first quarter. */
export const leaseSeconds = 60;

/** The real service in a network namespace, for clients that want addresses and boot nothing real. */
export interface LeaseSite {
  readonly folder: string;
  readonly network: TestNetwork;
  readonly service: InsideService;
  /** A MAC address that nobody had yet. */
  readonly newMac: () => string;
  /** What the log holds of an address. */
  readonly historyOf: (address: string) => Promise<readonly LoggedEvent[]>;
  /** Waits until the newest event of an address is of this type, and gives it. */
  readonly happened: (address: string, type: string) => Promise<LoggedEvent>;
  readonly close: () => Promise<void>;
}

/** Serves 10.77.0.100-119 on the wire, and 10.78.0.100-119 behind a relay. */
export async function createLeaseSite(): Promise<LeaseSite> {
  const folder = await mkdtemp(join(tmpdir(), "ironledger-leases-"));
  const closing: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const closeOne of closing.splice(0).toReversed()) await closeOne();
  };
  let macs = 0;
  try {
    const network = await createTestNetwork({ folder, routerAdvertisements: false });
    closing.push(network.close);
    const places = { builtDirectory: join(folder, "nothing-built"), madeDirectory: join(folder, "assets") };
    const { directory: assetsDirectory } = await prepareAssets(places);
    const service = await startServiceInside(network, { folder, assetsDirectory });
    await defineSubnet(service, { name: "near", network: "10.77.0", routers: [] });
    await defineSubnet(service, { name: "far", network: "10.78.0", routers: ["10.78.0.1"] });
    const historyOf = async (address: string) =>
      (await readLog(service)).filter(({ stream }) => stream === `address-${address}`);

    return {
      ...{ folder, network, service, historyOf, close },
      newMac() {
        macs += 1;
        return `52:54:00:99:00:${macs.toString(16).padStart(2, "0")}`;
      },
      happened: (address, type) =>
        eventually(async () => {
          const newest = (await historyOf(address)).at(-1);
          return newest?.type === type ? newest : undefined;
        }),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface SmallSubnet {
  readonly name: string;
  /** The first three numbers of its addresses. */
  readonly network: string;
  readonly routers: readonly string[];
}

function defineSubnet(service: InsideService, { name, network, routers }: SmallSubnet): Promise<string> {
  return mutate(service, "defineSubnet", {
    ...{ name, routers, leaseSeconds, unknownMachines: "DISCOVER" },
    cidr: `${network}.0/24`,
    ranges: [{ first: `${network}.100`, last: `${network}.119` }],
  });
}
