import { createHash } from "node:crypto";
import { Inventory } from "../../src/domain/machine/inventory.ts";
import { Ipv4, ipv4FromNumber, ipv4Number } from "../../src/domain/values/ipv4.ts";
import { Labels } from "../../src/domain/values/label.ts";
import { MacAddress } from "../../src/domain/values/mac-address.ts";
import { MachineName, SubnetName } from "../../src/domain/values/slug.ts";

/** How far a machine's life goes. */
export type Fate = "discovered" | "ready" | "deployed" | "failed" | "quarantined" | "retired";

/** One machine of the fleet. The same index is always the same machine. */
export interface FleetMachine {
  readonly index: number;
  readonly mac: MacAddress;
  readonly address: Ipv4;
  readonly subnet: SubnetName;
  readonly name: MachineName;
  readonly architecture: "x86-bios" | "x64-uefi" | "arm64-uefi";
  readonly inventory: Inventory;
  readonly labels: Labels;
  readonly fate: Fate;
  readonly locked: boolean;
}

/** Machines in a subnet: a /20 has 4,094 addresses for them and a router. */
const subnetMachines = 4_000;

const gibibyte = 2 ** 30;
interface Model {
  readonly manufacturer: string;
  readonly product: string;
  readonly cpu: string;
  readonly cores: number;
}

const models: readonly [Model, ...Model[]] = [
  { manufacturer: "Dell Inc.", product: "PowerEdge R650", cpu: "Intel Xeon Gold 6338", cores: 64 },
  { manufacturer: "HPE", product: "ProLiant DL380 Gen11", cpu: "Intel Xeon Silver 4416+", cores: 40 },
  { manufacturer: "Supermicro", product: "AS-1114S-WN10RT", cpu: "AMD EPYC 7543P", cores: 64 },
  { manufacturer: "Lenovo", product: "ThinkSystem SR645", cpu: "AMD EPYC 9354", cores: 64 },
  { manufacturer: "Ampere", product: "Mt. Jade", cpu: "Ampere Altra Q80-30", cores: 80 },
];

/** The subnets that a fleet of this size lives in: one /20 for each 4,000 machines. */
export function subnetsOf(machines: number) {
  return Array.from({ length: Math.ceil(machines / subnetMachines) }, (_, number) => {
    const base = ipv4Number(Ipv4.parse("10.0.0.0")) + number * 4_096;
    return {
      name: SubnetName.parse(`rack-row-${number}`),
      cidr: `${ipv4FromNumber(base)}/20`,
      router: ipv4FromNumber(base + 1),
      first: ipv4FromNumber(base + 16),
      last: ipv4FromNumber(base + 16 + subnetMachines - 1),
    };
  });
}

export function fleetMachine(index: number): FleetMachine {
  const dice = diceOf(index);
  const model = dice.pick(models);
  const firmware = model.manufacturer === "Ampere" || dice.chance(0.8) ? "uefi" : "bios";
  const row = Math.floor(index / subnetMachines);
  const mac = macOf(0, index);
  return {
    index,
    mac,
    address: ipv4FromNumber(ipv4Number(Ipv4.parse("10.0.0.16")) + row * 4_096 + (index % subnetMachines)),
    subnet: SubnetName.parse(`rack-row-${row}`),
    name: MachineName.parse(`node-${String(index).padStart(6, "0")}`),
    architecture: architectureOf(model.manufacturer, firmware),
    inventory: inventoryOf({ index, mac, model, firmware, dice }),
    labels: Labels.parse({
      site: dice.pick(["ams1", "fra2", "iad3", "nrt1"]),
      rack: `r${row}-${Math.floor((index % subnetMachines) / 40)}`,
      role: dice.pick(["compute", "compute", "compute", "storage", "control"]),
      ...(dice.chance(0.06) && { lab: "yes" }),
    }),
    fate: fateOf(dice),
    locked: dice.chance(0.01),
  };
}

/** A UUIDv8 (RFC 9562 s. 5.8) of a text. */
export function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

interface Dice {
  chance(share: number): boolean;
  pick<Of>(from: readonly [Of, ...Of[]]): Of;
}

/** Numbers that look random and are the same for the same machine (mulberry32). */
function diceOf(index: number): Dice {
  let state = Math.imul(index + 1, 0x9e37_79b9);
  function roll(): number {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  return {
    chance: (share) => roll() < share,
    pick: (from) => from[Math.floor(roll() * from.length)] ?? from[0],
  };
}

function fateOf(dice: Dice): Fate {
  if (dice.chance(0.85)) return "deployed";
  if (dice.chance(0.4)) return "ready";
  if (dice.chance(0.35)) return "failed";
  if (dice.chance(0.5)) return "discovered";
  return dice.chance(0.5) ? "quarantined" : "retired";
}

function architectureOf(manufacturer: string, firmware: "bios" | "uefi") {
  if (manufacturer === "Ampere") return "arm64-uefi";
  return firmware === "uefi" ? "x64-uefi" : "x86-bios";
}

/** Locally administered addresses: one block for each kind of interface. */
function macOf(nic: number, index: number): MacAddress {
  const octets = [
    0x02,
    0x10 + nic,
    (index >> 24) & 255,
    (index >> 16) & 255,
    (index >> 8) & 255,
    index & 255,
  ];
  return MacAddress.parse(octets.map((octet) => octet.toString(16).padStart(2, "0")).join(":"));
}

interface Made {
  readonly index: number;
  readonly mac: MacAddress;
  readonly model: Model;
  readonly firmware: "bios" | "uefi";
  readonly dice: Dice;
}

function inventoryOf({ index, mac, model, firmware, dice }: Made): Inventory {
  const serial = `SEED${String(index).padStart(7, "0")}`;
  return Inventory.parse({
    firmware,
    secureBoot: firmware === "uefi" ? dice.chance(0.3) : null,
    smbios: { uuid: uuidOf(serial), manufacturer: model.manufacturer, product: model.product, serial },
    cpu: { model: model.cpu, count: model.cores },
    memoryBytes: dice.pick([128, 256, 512, 1_024]) * gibibyte,
    interfaces: [
      { name: "eno1", mac, driver: "ixgbe" },
      { name: "eno2", mac: macOf(1, index), driver: "ixgbe" },
    ],
    disks: [
      {
        name: "nvme0n1",
        serial: `${serial}-D0`,
        model: "Seeded NVMe",
        bytes: dice.pick([480, 960, 1_920]) * 10 ** 9,
        rotational: false,
      },
    ],
    agent: { packages: [] },
  });
}
