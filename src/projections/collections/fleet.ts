import { DeploymentFailureCode } from "../../domain/machine/deployment.ts";
import { Architecture } from "../../domain/values/architecture.ts";
import type { SourceColumn } from "../query/source.ts";
import { type SearchableCollection, sqlCollection } from "../query/sql-collection.ts";
import type { ViewConnection } from "../view-connection.ts";
import { type FleetRow, fleetTables, fleetTally } from "../views/fleet-tables.ts";

/** Every state of a machine, in the order of its life. */
const machineStates = [
  "registered",
  "discovered",
  "ready",
  "allocated",
  "deploying",
  "deployed",
  "failed",
  "releasing",
  "quarantined",
  "retired",
];

const ofInterface = { table: "interface", owner: "machineId" };
const ofPresence = { table: "presence", owner: "machineId" };

const columns = {
  machineId: { kind: "id", field: "id", ordered: true },
  name: { kind: "text", field: "name", ordered: true },
  state: { kind: "enum", values: machineStates, field: "state", ordered: true, faceted: true },
  locked: { kind: "boolean", field: "locked", faceted: true },
  mac: { kind: "mac", field: "mac", of: ofInterface, many: true },
  address: { kind: "address", field: "address", of: ofInterface, many: true },
  subnet: { kind: "text", field: "subnet", of: ofInterface, once: ofPresence, many: true, faceted: true },
  architecture: { kind: "enum", values: Architecture.options, field: "architecture", faceted: true },
  firmware: { kind: "enum", values: ["bios", "uefi"], field: "firmware", faceted: true },
  manufacturer: { kind: "text", field: "manufacturer", ordered: true, faceted: true },
  product: { kind: "text", field: "product", ordered: true, faceted: true },
  serial: { kind: "text", field: "serial", ordered: true },
  cpuModel: { kind: "text", field: "cpuModel", faceted: true },
  cpuCount: { kind: "number", field: "cpuCount", ordered: true, faceted: true },
  memoryBytes: { kind: "number", field: "memoryBytes", ordered: true, faceted: true },
  diskCount: { kind: "number", field: "diskCount", ordered: true },
  diskBytes: { kind: "number", field: "diskBytes", ordered: true },
  environment: { kind: "text", field: "environment", ordered: true, faceted: true },
  image: { kind: "text", field: "image", ordered: true, faceted: true },
  failureCode: {
    kind: "enum",
    values: DeploymentFailureCode.options,
    field: "failureCode",
    faceted: true,
  },
  registeredAt: { kind: "time", field: "registeredAtMs", ordered: true },
  discoveredAt: { kind: "time", field: "discoveredAtMs", ordered: true },
  changedAt: { kind: "time", field: "changedAtMs", ordered: true },
  seenAt: { kind: "time", field: "seenAtMs", ordered: true },
} as const satisfies Readonly<Record<string, SourceColumn>>;

/** The machines that there are and were. Its view is `fleet`. */
export function fleetCollection(connection: ViewConnection): SearchableCollection<FleetRow> {
  return sqlCollection(connection, {
    tables: fleetTables,
    table: "fleet",
    tally: { ...fleetTally, columns: [...fleetTally.columns, "subnet"] },
    id: "id",
    columns,
    labels: true,
    labelsOf: { table: "label", owner: "machineId" },
    aliases: {
      id: "machineId",
      ip: "address",
      arch: "architecture",
      cpus: "cpuCount",
      memory: "memoryBytes",
      disks: "diskCount",
      disk: "diskBytes",
      env: "environment",
      failure: "failureCode",
      registered: "registeredAt",
      discovered: "discoveredAt",
      changed: "changedAt",
      seen: "seenAt",
    },
    bareWord: "name",
    defaultOrder: { column: "machineId", descending: false },
    scannable: true,
  });
}
