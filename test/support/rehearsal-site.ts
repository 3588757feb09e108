import { randomInt, randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import type { Ipv4 } from "../../src/domain/values/ipv4.ts";
import { createDisk, type Disk } from "../../src/rehearsal/disk.ts";
import { diskBytes, hardwareOf } from "../../src/rehearsal/hardware.ts";
import { type RehearsalImage, writeImage } from "../../src/rehearsal/image.ts";
import { createMachine, type Machine } from "../../src/rehearsal/machine.ts";
import { startRelay } from "../../src/rehearsal/relay.ts";
import { prepareAssets } from "../../src/rehearsal/stand-ins.ts";
import { createTally } from "../../src/rehearsal/tally.ts";
import { eventually } from "./eventually.ts";
import { createSite, type RunningService, type Site } from "./service-under-test.ts";

/** A site with stand-ins for loaders and agent, an image, and simulated machines behind a relay. */
export interface RehearsalSite extends Site {
  readonly image: RehearsalImage;
  /** A machine whose disk holds something that boots. `wrap`: puts something between the machine and its disk. */
  machine(index: number, wrap?: (disk: Disk) => Disk): Promise<Machine>;
  /** Stops what simulated machines still do, and removes the site. */
  close(): Promise<void>;
}

export async function createRehearsalSite(): Promise<RehearsalSite> {
  const site = await createSite("assets");
  const assets = await prepareAssets({
    builtDirectory: join(site.directory, "nothing-built"),
    madeDirectory: join(site.directory, "assets"),
  });
  const image = await writeImage(site.imagesDirectory, 1024 * 1024);
  await mkdir(join(site.directory, "disks"));
  const over = new AbortController();
  const { dhcp: port, tftp: tftpPort } = site.ports;
  const relay = await startRelay({ giaddr: "127.77.0.2" as Ipv4, server: "127.0.0.1" as Ipv4, port });
  const world = {
    relay,
    tftpPort,
    tally: createTally(),
    now: () => performance.now(),
    newUuid: () => randomUUID(),
    xid: () => randomInt(2 ** 32),
    signal: over.signal,
  };

  return {
    ...site,
    image,
    async machine(index, wrap = (disk) => disk) {
      const hardware = hardwareOf(index, assets.agent);
      const disk = await createDisk(join(site.directory, "disks", hardware.label), diskBytes);
      const bootSector = Buffer.alloc(512);
      bootSector.writeUInt16LE(0xaa55, 510);
      await disk.write(chunks(bootSector));
      return createMachine(hardware, wrap(disk), world);
    },
    async close() {
      over.abort(new Error("the test is over"));
      await relay.close();
      await site.remove();
    },
  };
}

async function* chunks(...buffers: readonly Buffer[]) {
  yield* buffers;
}

/** Defines the subnet that the simulated machines are in. `settings`: what is to be otherwise. */
export async function defineSubnet(service: RunningService, settings: object = {}): Promise<void> {
  await accepted(service, "defineSubnet", {
    name: "rehearsal",
    cidr: "127.77.0.0/16",
    ranges: [{ first: "127.77.1.1", last: "127.77.1.254" }],
    leaseSeconds: 3600,
    unknownMachines: "DISCOVER",
    ...settings,
  });
}

/** Sends a mutation, and tells the codes of its refusals. */
export async function refusalsOf(
  service: RunningService,
  name: string,
  input: object,
): Promise<readonly string[]> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code } } }`;
  const data = await service.graphql(query, { input });
  const payload = data[name] as { readonly userErrors: readonly { readonly code: string }[] };
  return payload.userErrors.map(({ code }) => code);
}

export async function accepted(service: RunningService, name: string, input: object): Promise<void> {
  expect(await refusalsOf(service, name, input)).toEqual([]);
}

interface MachineNode {
  readonly machineId: string;
  readonly state: string;
  readonly inventory: object | null;
}

export async function machineOf(
  service: RunningService,
  { hardware }: Machine,
): Promise<MachineNode | undefined> {
  const query = "query ($mac: MAC!) { machine(mac: $mac) { machineId state inventory { firmware } } }";
  const { machine } = await service.graphql(query, { mac: hardware.mac });
  return (machine as MachineNode | null) ?? undefined;
}

/** Switches the machine on, and has it deployed as soon as its inventory is in: the intent is then live. */
export async function discoverAndOrder(service: RunningService, machine: Machine, { image }: RehearsalSite) {
  const firstBoot = machine.bootOnce();
  const found = await eventually(async () => {
    const node = await machineOf(service, machine);
    return node?.inventory ? node : undefined;
  });
  const { machineId } = found;
  await accepted(service, "approveMachine", { machineId });
  await accepted(service, "deployMachine", {
    machineId,
    environment: "image-deploy",
    image: { file: image.file, sha256: image.sha256 },
  });
  expect(await firstBoot).toMatchObject({ booted: "agent", agent: { end: "reboot", installed: false } });
  return machineId;
}
