import type { DomainEvent } from "../src/domain/event.ts";
import type { EventMeta } from "../src/domain/ports/event-store.ts";

/** Events of one stream that one command appended. */
export interface Append {
  readonly stream: string;
  readonly events: readonly DomainEvent[];
  readonly meta: EventMeta;
}

/** Machines that are on their way at the same time, as when the power of some racks comes on. */
const machinesAtOnce = 500;

const sha256 = (number: number) => number.toString(16).padStart(64, "0");
const uuid = (kind: string, number: number) =>
  `01920000-0000-7000-8${kind}-${number.toString(16).padStart(12, "0")}`;

/**
 * What a fleet leaves in the log that was discovered and deployed: 24 events a machine, in the order in which
 * machines that boot side by side write them.
 */
export function* fleetHistory(machines: number): Generator<Append> {
  for (let first = 0; first < machines; first += machinesAtOnce) {
    const stories = [];
    for (let number = first; number < Math.min(machines, first + machinesAtOnce); number++) {
      stories.push(machineHistory(number));
    }
    for (let step = 0; step < (stories[0]?.length ?? 0); step++) {
      for (const story of stories) {
        const append = story[step];
        if (append) yield append;
      }
    }
  }
}

function machineHistory(number: number): readonly Append[] {
  const id = uuid("001", number);
  const run = uuid("002", number);
  const firstBoot = uuid("003", number);
  const secondBoot = uuid("004", number);
  const [mac, secondMac] = [0, 1].map((nic) => {
    const digits = `5254${nic}0${number.toString(16).padStart(6, "0")}`;
    return digits.replace(/(..)(?=.)/g, "$1:");
  });
  const machine = `machine-${id}`;
  const by = (actor: string, cause: string, correlation: string): EventMeta => ({
    actor,
    source: "boot",
    $correlationId: correlation,
    $causationId: cause,
  });
  const discovering = by(`client:${mac}`, firstBoot, firstBoot);
  const deploying = by(`machine:${id}`, secondBoot, run);
  const operator = by("user:ada", uuid("005", number), run);
  const of = (stream: string, meta: EventMeta, ...events: DomainEvent[]): Append => ({
    stream,
    events,
    meta,
  });

  return [
    of(`boot-${mac}`, discovering, pxeRequested("firmware")),
    of(addressStream(number), discovering, leaseGranted(number, mac)),
    of(`boot-${mac}`, discovering, pxeRequested("ipxe"), scriptServed(number, run)),
    of(`mac-${mac}`, discovering, { type: "Claimed", data: { machineId: id } }),
    of(machine, discovering, { type: "MachineDiscovered", data: { mac, architecture: "x64-uefi" } }),
    of(machine, discovering, {
      type: "InventoryReported",
      data: { inventory: inventory(number, [mac, secondMac]) },
    }),
    of(`mac-${secondMac}`, discovering, { type: "Claimed", data: { machineId: id } }),
    of(machine, discovering, { type: "InterfaceAdded", data: { mac: secondMac } }),
    of(
      machine,
      operator,
      { type: "MachineRenamed", data: { name: `node-${number}` } },
      { type: "MachineApproved", data: {} },
    ),
    of(machine, operator, { type: "MachineAllocated", data: { run } }, intentSet(number, run)),
    of(`boot-${mac}`, deploying, pxeRequested("firmware")),
    of(`boot-${mac}`, deploying, pxeRequested("ipxe"), scriptServed(number, run)),
    of(machine, deploying, { type: "BootIntentServed", data: { run, serving: 1 } }),
    of(
      machine,
      deploying,
      { type: "BootIntentConsumed", data: { run, agentBootId: uuid("006", number) } },
      { type: "DeploymentStarted", data: { run } },
    ),
    ...["writing", "written", "verifying", "verified"].map((stage) =>
      of(machine, deploying, { type: "DeploymentStageReached", data: { run, stage, bytes: 2 ** 30 } }),
    ),
    of(machine, deploying, {
      type: "DeploymentCompleted",
      data: { run, disk: disk(number), bytes: 2 ** 30, sha256: sha256(3) },
    }),
  ];
}

function addressStream(number: number): string {
  return `address-10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
}

function leaseGranted(number: number, mac: string | undefined): DomainEvent {
  const holder = { mac, clientId: null, hostname: `node-${number}` };
  const data = {
    subnet: "rack-7",
    status: "leased",
    reservedFor: null,
    holder,
    relay: null,
    leaseSeconds: 3_600,
  };
  return { type: "LeaseGranted", data: { ...data, untilMs: 1_767_225_600_000 + number } };
}

function pxeRequested(client: string): DomainEvent {
  const data = { client, architecture: "x64-uefi", vendorClass: "PXEClient:Arch:00007:UNDI:003001" };
  return { type: "PxeRequested", data: { ...data, firmwareUuid: null, relay: null } };
}

function scriptServed(number: number, run: string): DomainEvent {
  const data = { environment: "image-deploy", version: 1, machineId: null, run, address: "10.77.0.9" };
  return { type: "BootScriptServed", data: { ...data, inputs: sha256(number), script: sha256(number + 1) } };
}

function intentSet(number: number, run: string): DomainEvent {
  const environment = { name: "image-deploy", version: 1, digest: sha256(2) };
  const image = { file: "debian.img.zst", format: "zstd", sha256: sha256(3) };
  return { type: "BootIntentSet", data: { plan: { run, environment, image, disk: disk(number) } } };
}

function disk(number: number) {
  return { name: "nvme0n1", serial: `disk-${number}`, bytes: 2 ** 39 };
}

function inventory(number: number, macs: readonly (string | undefined)[]) {
  return {
    firmware: "uefi",
    secureBoot: false,
    smbios: { uuid: uuid("007", number), manufacturer: "Example", product: "Server 2", serial: `S${number}` },
    cpu: { model: "Example 64-Core Processor", count: 64 },
    memoryBytes: 2 ** 38,
    interfaces: macs.map((mac, index) => ({ name: `eth${index}`, mac, driver: "igb" })),
    disks: [{ ...disk(number), model: "Example NVMe", rotational: false }],
    agent: {
      packages: ["busybox-static", "zstd", "linux-image-amd64", "libzstd1"].map((name, index) => ({
        name,
        version: "1.37.0-6",
        sha256: sha256(index),
      })),
    },
  };
}
