import type { SourceColumn } from "../query/source.ts";
import { type SearchableCollection, sqlCollection } from "../query/sql-collection.ts";
import type { ViewConnection } from "../view-connection.ts";
import { fleetTables, type InterfaceRow, interfaceTally } from "../views/fleet-tables.ts";

const columns = {
  mac: { kind: "mac", field: "mac", ordered: true },
  machineId: { kind: "id", field: "machineId" },
  name: { kind: "text", field: "name", ordered: true, faceted: true },
  driver: { kind: "text", field: "driver", faceted: true },
  address: { kind: "address", field: "address", ordered: true },
  subnet: { kind: "text", field: "subnet", ordered: true, faceted: true },
  seenAt: { kind: "time", field: "seenAtMs", ordered: true },
  source: {
    kind: "enum",
    values: ["boot", "lease", "inventory", "registration"],
    field: "source",
    faceted: true,
  },
} as const satisfies Readonly<Record<string, SourceColumn>>;

/** Every interface that was ever heard of. Labels are those of the machine that has it. Its view is `fleet`. */
export function interfaceCollection(connection: ViewConnection): SearchableCollection<InterfaceRow> {
  return sqlCollection(connection, {
    tables: fleetTables,
    table: "interface",
    tally: interfaceTally,
    id: "mac",
    columns,
    labels: true,
    labelsOf: { table: "label", owner: "machineId", on: "machineId" },
    aliases: { id: "machineId", machine: "machineId", ip: "address", seen: "seenAt" },
    bareWord: "name",
    defaultOrder: { column: "mac", descending: false },
    scannable: true,
  });
}
