import type { DeploymentFailureCode } from "../../domain/machine/deployment.ts";
import type { Inventory } from "../../domain/machine/inventory.ts";
import type { MachineSnapshot, MachineState } from "../../domain/machine/snapshot.ts";
import type { Architecture } from "../../domain/values/architecture.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import type { MachineId } from "../../domain/values/machine-id.ts";
import type { EnvironmentName, MachineName, SubnetName } from "../../domain/values/slug.ts";
import { labelTable } from "../machine-labels.ts";
import { integer, integerOrNull, json, type RowOf, table, text, textOrNull } from "../table.ts";
import { tallyTable } from "../tally.ts";
import type { Rows } from "../view.ts";

/**
 * From what an interface is known first: a packet or a request of its own, an agent's inventory, or an operator
 * who announced it.
 */
export type InterfaceSource = "boot" | "lease" | "inventory" | "registration";

/** Tables of the view of the fleet, for its collections. Rows are narrow, so that all may be looked at. */
export const fleetTables = {
  /** What machines are looked for by: one column for each fact. */
  fleet: table({
    columns: {
      id: text<MachineId>(),
      /** A retired machine keeps it, and another may have it by now. */
      name: textOrNull<MachineName>(),
      state: text<MachineState>(),
      /** 0 or 1. */
      locked: integer(),
      architecture: textOrNull<Architecture>(),
      firmware: textOrNull<Inventory["firmware"]>(),
      manufacturer: textOrNull(),
      product: textOrNull(),
      serial: textOrNull(),
      cpuModel: textOrNull(),
      cpuCount: integerOrNull(),
      memoryBytes: integerOrNull(),
      diskCount: integerOrNull(),
      /** Of all disks together. */
      diskBytes: integerOrNull(),
      /** Of the last run, as the image and the failure are. */
      environment: textOrNull<EnvironmentName>(),
      image: textOrNull(),
      failureCode: textOrNull<DeploymentFailureCode>(),
      registeredAtMs: integerOrNull(),
      discoveredAtMs: integerOrNull(),
      changedAtMs: integer(),
      /** The minute in which the machine itself was heard of last. */
      seenAtMs: integerOrNull(),
    },
    key: ["id"],
    indexes: [
      ["name"],
      ["state"],
      ["state", "name"],
      ["state", "changedAtMs"],
      ["locked"],
      ["product"],
      ["serial"],
      ["memoryBytes"],
      ["diskBytes"],
      ["environment"],
      ["image"],
      ["failureCode"],
      ["discoveredAtMs"],
      ["changedAtMs"],
      ["seenAtMs"],
    ],
  }),
  label: labelTable,
  /** Every interface that was ever heard of, whether a machine has it or not. */
  interface: table({
    columns: {
      mac: text<MacAddress>(),
      /** `null`: no machine has it. */
      machineId: textOrNull<MachineId>(),
      /** The kernel's name and driver, by the last inventory. */
      name: textOrNull(),
      driver: textOrNull(),
      /** Of its newest lease, as a number; `null` when that has ended. */
      address: integerOrNull(),
      subnet: textOrNull<SubnetName>(),
      /** The minute in which the interface itself was heard of last. */
      seenAtMs: integerOrNull(),
      source: text<InterfaceSource>(),
    },
    key: ["mac"],
    indexes: [
      ["machineId", "address", "subnet"],
      ["address", "machineId"],
      ["subnet", "machineId"],
      ["seenAtMs"],
    ],
  }),
  /** How many interfaces of a machine have an address of a subnet; under the empty name, of any subnet. */
  presence: table({
    columns: { machineId: text<MachineId>(), subnet: text(), interfaces: integer() },
    key: ["machineId", "subnet"],
  }),
  /** Machines as the domain folds them, without inventory and params, which are large. */
  life: table({ columns: { id: text<MachineId>(), snapshot: json<MachineSnapshot>() }, key: ["id"] }),
  tally: tallyTable,
};

/** What a machine is looked for by. */
export type FleetRow = RowOf<typeof fleetTables.fleet>;
/** An interface, and which machine has it. */
export type InterfaceRow = RowOf<typeof fleetTables.interface>;
export type FleetRows = Rows<typeof fleetTables>;

/** Columns of machines that are counted. */
export const fleetTally = {
  collection: "fleet",
  labels: true,
  columns: [
    "state",
    "locked",
    "architecture",
    "firmware",
    "manufacturer",
    "product",
    "cpuModel",
    "cpuCount",
    "memoryBytes",
    "environment",
    "image",
    "failureCode",
  ],
} as const;

/** Columns of interfaces that are counted. */
export const interfaceTally = { collection: "interface", columns: ["driver", "subnet", "source"] } as const;
