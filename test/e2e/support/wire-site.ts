import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareAssets } from "../../../src/rehearsal/stand-ins.ts";
import { createTestNetwork, type TestNetwork } from "./network.ts";
import { type InsideService, startServiceInside } from "./service-inside.ts";
import { type Station, stationsOn } from "./station.ts";
import { mutate } from "./subject.ts";

/** A host with several networks in a namespace of its own, and one client on each of them. */
export interface WireSite {
  readonly folder: string;
  readonly network: TestNetwork;
  /** Starts the service there. `settings`: what its configuration says. */
  start(settings: object, startedBy?: readonly string[]): Promise<InsideService>;
  /** Plugs a client into a network of its own: the host's interface is `port`, with this address. */
  plug(port: string, address: string): Promise<Station>;
  /** Defines the subnet 10.N.0.0/24. */
  define(service: InsideService, second: number): Promise<unknown>;
  close(): Promise<void>;
}

export const launcher = join(import.meta.dirname, "../../../bin/ironledger-sockets");

export async function createWireSite(): Promise<WireSite> {
  const folder = await mkdtemp(join(tmpdir(), "ironledger-wires-"));
  const network = await createTestNetwork({ folder, routerAdvertisements: false });
  const stations = stationsOn(network);
  let macs = 0;

  return {
    folder,
    network,
    async start(settings, startedBy = []) {
      const places = { builtDirectory: join(folder, "nothing"), madeDirectory: join(folder, "assets") };
      const { directory: assetsDirectory } = await prepareAssets(places);
      return startServiceInside(network, { folder, assetsDirectory, settings, startedBy });
    },
    plug(port, address) {
      macs += 1;
      const outlet = { namespace: network.namespace, port, joins: { address: `${address}/24` } };
      return stations.add(`52:54:00:99:01:0${macs}`, outlet);
    },
    define: (service, second) =>
      mutate(service, "defineSubnet", {
        ...{ name: `net-${second}`, cidr: `10.${second}.0.0/24`, routers: [], leaseSeconds: 600 },
        ranges: [{ first: `10.${second}.0.100`, last: `10.${second}.0.119` }],
        unknownMachines: "DISCOVER",
      }),
    async close() {
      await stations.close();
      await network.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
