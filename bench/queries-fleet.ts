import type { EventMeta, RecordedEvent } from "../src/domain/ports/event-store.ts";
import { ipv4FromNumber } from "../src/domain/values/ipv4.ts";

/** When the first machine of the fleet was discovered, milliseconds UTC. */
export const fleetStartMs = Date.UTC(2026, 0, 1);

/** Machines are discovered this long after one another. */
const betweenMs = 7_000;

const models = [
  ["Dell Inc.", "PowerEdge R650"],
  ["Dell Inc.", "PowerEdge R750"],
  ["HPE", "ProLiant DL380 Gen11"],
  ["Supermicro", "AS-1114S-WN10RT"],
  ["Lenovo", "ThinkSystem SR645"],
] as const;

const sha256 = "a".repeat(64);

/**
 * The life of one machine of a large fleet, as the log would hold it: the same number is the same machine. One in
 * forty failed, one in ten waits, the rest is deployed; a rack has 40, a site 5,000.
 */
export function machineLife(number: number): readonly RecordedEvent[] {
  const id = `01920000-${hex(number >> 16, 4)}-7${hex(number & 0xfff, 3)}-8001-${hex(number, 12)}`;
  const run = id.replace("-8001-", "-8002-");
  const mac = `52:54:00:${hex(number, 6).replace(/(..)(?=.)/g, "$1:")}`;
  const stream = `machine-${id}`;
  const chance = mulberry(number);
  const events: RecordedEvent[] = [];
  const add = (of: string, actor: string, event: Pick<Written, "type" | "data">) => {
    const time = fleetStartMs + number * betweenMs + events.length * 60_000 + Math.floor(chance() * 1e8);
    events.push(recorded(of, { ...event, actor, time, revision: events.length }));
  };
  const client = `client:${mac}`;
  const agent = `machine:${id}`;
  const address = ipv4FromNumber(0x0a000000 + number);
  add(`boot-${mac}`, client, { type: "PxeRequested", data: {} });
  add(`address-${address}`, client, { type: "LeaseGranted", data: lease(number, mac) });
  add(stream, client, {
    type: "MachineDiscovered",
    data: { mac, architecture: number % 5 ? "x64-uefi" : "x86-bios" },
  });
  add(stream, agent, { type: "InventoryReported", data: { inventory: inventory(number, mac, chance) } });
  add(stream, "user:ada", { type: "MachineRenamed", data: { name: `node-${number}` } });
  add(stream, "user:ada", { type: "LabelsChanged", data: { set: labels(number, chance), removed: [] } });
  if (number % 10 === 0) return events;
  add(stream, "user:ada", { type: "MachineApproved", data: {} });
  add(stream, "user:ada", { type: "BootIntentSet", data: { plan: plan(number, run) } });
  if (number % 40 === 1) add(stream, agent, { type: "DeploymentFailed", data: failure(run, chance) });
  else add(stream, agent, { type: "DeploymentCompleted", data: { run, disk: {}, bytes: 1, sha256 } });
  if (number % 50 === 3) add(stream, "user:ada", { type: "MachineLocked", data: {} });
  return events;
}

interface Written {
  readonly type: string;
  readonly data: object;
  readonly actor: string;
  readonly time: number;
  readonly revision: number;
}

function recorded(stream: string, { type, data, actor, time, revision }: Written): RecordedEvent {
  const meta: EventMeta = { actor, source: "graphql", $correlationId: "c", $causationId: "c" };
  const id = `01920000-0000-7000-8000-000000000000`;
  return {
    stream,
    type,
    data,
    time,
    revision,
    meta,
    id,
    schema: 1,
    position: "p",
    hash: sha256,
  } as RecordedEvent;
}

function lease(number: number, mac: string) {
  const holder = { mac, clientId: null, hostname: `node-${number}` };
  const subnet = `rack-${Math.floor(number / 4_000)}`;
  return {
    subnet,
    status: "leased",
    reservedFor: null,
    holder,
    relay: null,
    leaseSeconds: 3_600,
    untilMs: 0,
  };
}

function labels(number: number, chance: () => number) {
  return {
    site: `site-${Math.floor(number / 5_000)}`,
    rack: `r${Math.floor(number / 40)}`,
    role: chance() < 0.7 ? "compute" : chance() < 0.5 ? "storage" : "gpu",
    owner: `team-${Math.floor(chance() * 200)}`,
  };
}

function inventory(number: number, mac: string, chance: () => number) {
  const [manufacturer, product] = models[Math.floor(chance() * models.length)] ?? models[0];
  return {
    firmware: number % 5 ? "uefi" : "bios",
    secureBoot: false,
    smbios: { uuid: null, manufacturer, product, serial: `SN${hex(number * 7_919, 8)}` },
    cpu: { model: `Xeon ${Math.floor(chance() * 20)}`, count: 2 ** (4 + Math.floor(chance() * 4)) },
    memoryBytes: 2 ** (35 + Math.floor(chance() * 5)),
    interfaces: [{ name: "eth0", mac, driver: "igb" }],
    disks: [{ name: "sda", serial: "s", model: "m", bytes: 2 ** 39 + number, rotational: false }],
    agent: { packages: [] },
  };
}

function plan(number: number, run: string) {
  const environment = { name: "image-deploy", version: 1, digest: sha256 };
  const image = { file: `debian-${number % 12}.img.zst`, format: "zstd", sha256 };
  return { run, environment, image, disk: { name: "sda", serial: "s", bytes: 2 ** 39 } };
}

function failure(run: string, chance: () => number) {
  return { run, code: chance() < 0.8 ? "IMAGE_WRITE_FAILED" : "DISK_NOT_FOUND", message: "no" };
}

/** Numbers from 0 to 1 that are the same for the same seed. */
export function mulberry(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, "0");
}
