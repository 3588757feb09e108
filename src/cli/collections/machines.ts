import type { Collection } from "./collection.ts";
import { environmentFields, runFields } from "./runs.ts";

const machineStates = [
  ...["REGISTERED", "DISCOVERED", "READY", "ALLOCATED", "DEPLOYING", "DEPLOYED", "FAILED", "RELEASING"],
  ...["QUARANTINED", "RETIRED"],
];

/** Machines, with everything that belongs to one of them and is not a list of its own. */
export const machines: Collection = {
  field: "machines",
  type: "Machine",
  singular: "machine",
  names: ["name", "machineId"],
  // Another machine may have the name of one that is retired.
  nameless: { path: "state", value: "RETIRED" },
  labelled: true,
  fields: `id machineId name state locked failure { code message } architecture macs addresses labels { key value } params
    dhcpOptions { code name value }
    inventory {
      firmware secureBoot smbios { uuid manufacturer product serial } cpu { model count } memoryBytes
      interfaces { name mac driver } disks { name serial model bytes rotational }
    }
    run { runId state environment { ${environmentFields} } }
    revision position registeredAt discoveredAt changedAt seenAt`,
  facets: [
    ...["STATE", "LOCKED", "ARCHITECTURE", "FIRMWARE", "MANUFACTURER", "PRODUCT", "CPU_MODEL", "CPU_COUNT"],
    ...["MEMORY_BYTES", "SUBNET", "ENVIRONMENT", "IMAGE", "FAILURE_CODE"],
  ],
  columns: [
    { name: "name", path: "name", fallback: "machineId", order: "NAME" },
    { name: "state", path: "state", kind: "enum", order: "STATE", values: machineStates },
    { name: "locked", path: "locked", kind: "flag" },
    { name: "mac", path: "macs" },
    { name: "address", path: "addresses" },
    { name: "labels", path: "labels", selection: "labels { key value }", kind: "labels" },
    { name: "seen", path: "seenAt", kind: "time", order: "SEEN_AT" },
    { name: "id", path: "machineId", wide: true, order: "MACHINE_ID" },
    { name: "architecture", path: "architecture", kind: "enum", wide: true },
    { name: "firmware", path: "inventory.firmware", kind: "enum", wide: true },
    { name: "manufacturer", path: "inventory.smbios.manufacturer", wide: true, order: "MANUFACTURER" },
    { name: "product", path: "inventory.smbios.product", wide: true, order: "PRODUCT" },
    { name: "serial", path: "inventory.smbios.serial", wide: true, order: "SERIAL" },
    { name: "cpus", path: "inventory.cpu.count", wide: true, order: "CPU_COUNT" },
    { name: "memory", path: "inventory.memoryBytes", kind: "bytes", wide: true, order: "MEMORY_BYTES" },
    { name: "disks", path: "inventory.disks.name", wide: true, order: "DISK_COUNT" },
    { name: "diskBytes", path: "inventory.disks.bytes", wide: true, order: "DISK_BYTES" },
    { name: "environment", path: "run.environment.name", wide: true, order: "ENVIRONMENT" },
    { name: "image", path: "run.image.file", wide: true, order: "IMAGE" },
    { name: "run", path: "run.state", kind: "enum", wide: true },
    { name: "failure", path: "failure.message", wide: true },
    { name: "discovered", path: "discoveredAt", kind: "time", wide: true, order: "DISCOVERED_AT" },
    { name: "changed", path: "changedAt", kind: "time", wide: true, order: "CHANGED_AT" },
  ],
};

/** What `machines show -o json` adds to the object of a list. */
export const machineDetailFields = `${machines.fields} run { ${runFields} }`;
