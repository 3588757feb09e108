import { copyFile, cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { inject } from "vitest";
import { commandLinesOf } from "../../support/secret-search.ts";
import { buildDiskImage, type TestDiskImage } from "./disk-image.ts";
import { type EventFeed, followEvents } from "./event-feed.ts";
import { LoggedEvent, loggedEventFields } from "./logged-event.ts";
import { createTestNetwork, type TestNetwork } from "./network.ts";
import { createPlaces, type Places } from "./places.ts";
import { type InsideService, startServiceInside } from "./service-inside.ts";
import { mutate, powerOnSubject, type Subject, type SubjectOptions, type Surroundings } from "./subject.ts";

/** A network with the real service on it, and room for a few machines. */
export interface Site {
  readonly folder: string;
  readonly network: TestNetwork;
  readonly service: InsideService;
  /** Subscribed before any machine was switched on. */
  readonly feed: EventFeed;
  /** Boots on BIOS and UEFI, and prints `marker` when it does. */
  readonly image: TestDiskImage;
  readonly marker: string;
  /**
   * Switches a machine on when there is room for one more, and takes its power away in the end. `mac`: default one that
   * nobody had yet.
   */
  readonly withMachine: (
    options: Omit<SubjectOptions, "mac"> & { readonly mac?: string },
    use: (subject: Subject) => Promise<void>,
  ) => Promise<void>;
  /** A machine, as the API shows it now. */
  readonly lookAt: (subject: Subject) => Promise<MachineView>;
  /** The whole log, asked for page by page. */
  readonly readLog: () => Promise<readonly LoggedEvent[]>;
  /** What was left of machines and of the service, for whoever looks for secrets in it. */
  readonly remains: Remains;
  /** Ends everything that runs, and removes what it left. */
  readonly close: () => Promise<void>;
}

/** Collected whenever a machine is done with. */
export interface Remains {
  /** Consoles' files. */
  readonly consoles: string[];
  /** What the kernel showed of the service's process and its children. */
  readonly commandLines: string[];
}

interface SiteOptions {
  /** What else the service's configuration says. */
  readonly settings?: object;
  /** Files for the assets folder, beside those of the agent's build. */
  readonly assets?: readonly string[];
  /** Most machines that are on at the same time. (Default: 3, two processors emulate no more in reasonable time) */
  readonly machinesMax?: number;
}

const marker = "STARTED-FROM-DISK";

/** Starts the network and the service. Needs root. */
export async function createSite({
  settings = {},
  assets = [],
  machinesMax = 3,
}: SiteOptions = {}): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), "ironledger-e2e-"));
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    const failures: unknown[] = [];
    for (const closeOne of closing.splice(0).toReversed()) {
      await closeOne().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, "not everything could be ended");
  };
  try {
    const assetsDirectory = join(folder, "assets");
    await cp(inject("assetsDirectory"), assetsDirectory, { recursive: true });
    for (const file of assets) await copyFile(file, join(assetsDirectory, basename(file)));
    // The odd bytes at the end are less than a sector of a disk.
    const fillerBytes = 4 * 1024 * 1024 + 300;
    const image = await buildDiskImage({ folder: join(folder, "images"), name: "os", marker, fillerBytes });
    const network = await createTestNetwork({ folder });
    closing.push(network.close);
    const service = await startServiceInside(network, { folder, assetsDirectory, settings });
    closing.push(service.stop);
    const feed = followEvents(service);
    closing.push(feed.close);
    await defineSubnet(service);
    const remains: Remains = { consoles: [], commandLines: [] };
    return {
      ...{ folder, network, service, feed, image, marker, remains, close },
      withMachine: machineRoom({
        network,
        service,
        feed,
        folder,
        remains,
        places: createPlaces(machinesMax),
      }),
      lookAt: ({ mac }) => lookAt(service, mac),
      readLog: () => readLog(service),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The shortest lease that there is: machines have to renew it on their way. */
function defineSubnet(service: InsideService): Promise<string> {
  return mutate(service, "defineSubnet", {
    name: "rack",
    cidr: "10.77.0.0/24",
    ranges: [{ first: "10.77.0.50", last: "10.77.0.99" }],
    leaseSeconds: 60,
  });
}

interface RoomOptions extends Surroundings {
  readonly remains: Remains;
  readonly places: Places;
}

function machineRoom({ remains, places, ...surroundings }: RoomOptions): Site["withMachine"] {
  let machines = 0;

  return (options, use) =>
    places.take(async () => {
      machines += 1;
      const mac = `52:54:00:77:00:${machines.toString(16).padStart(2, "0")}`;
      const subject = await powerOnSubject(surroundings, { mac, ...options });
      try {
        await use(subject);
      } finally {
        await subject.powerCut();
        remains.consoles.push(...subject.consoles());
        remains.commandLines.push(...(await commandLinesOf(surroundings.service.pid)));
      }
    });
}

interface MachineView {
  readonly state: string;
  readonly failure: { readonly code: string } | null;
  readonly run: {
    readonly runId: string;
    readonly state: string;
    readonly boots: readonly { readonly bootId: string; readonly relation: string }[];
  };
  readonly timeline: { readonly nodes: readonly { readonly type: string }[] };
}

async function lookAt(service: InsideService, mac: string): Promise<MachineView> {
  const query = `query ($mac: MAC!, $minPosition: EventPosition) {
    machine(mac: $mac, minPosition: $minPosition) {
      state
      failure { code }
      run { runId state boots { bootId relation } }
      timeline(first: 200) { nodes { type } }
    }
  }`;
  const { position: minPosition } = await service.graphql("{ position }");
  const { machine } = await service.graphql(query, { mac, minPosition });
  return machine as MachineView;
}

interface EventPage {
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** The whole log, asked for page by page, as far as it goes now. */
export async function readLog(service: InsideService): Promise<readonly LoggedEvent[]> {
  const query = `query ($after: String, $minPosition: EventPosition) {
    events(first: 100, after: $after, minPosition: $minPosition) {
      nodes { ${loggedEventFields} }
      pageInfo { hasNextPage endCursor }
    }
  }`;
  const { position: minPosition } = await service.graphql("{ position }");
  const log: LoggedEvent[] = [];
  let after: string | null = null;
  for (;;) {
    const data = await service.graphql(query, { after, minPosition });
    const { nodes, pageInfo } = data["events"] as EventPage;
    log.push(...nodes.map((node) => LoggedEvent.parse(node)));
    if (!pageInfo.hasNextPage) return log;
    after = pageInfo.endCursor;
  }
}
