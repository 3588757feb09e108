import type { MachineSnapshot } from "../../domain/machine/snapshot.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import type { MachineId } from "../../domain/values/machine-id.ts";
import type { MachineName } from "../../domain/values/slug.ts";
import { tableReader } from "../table-reader.ts";
import type { ViewConnection } from "../view-connection.ts";
import { machineTables } from "./machines.ts";

/** A machine as it is now. */
export type MachineRow = MachineSnapshot;

export interface MachinesReader {
  find(id: MachineId): MachineRow | undefined;
  /** The machine with this interface. A retired machine has none. */
  findByMac(mac: MacAddress): MachineRow | undefined;
  /** The machine that is called so now. A retired machine has no name. */
  findByName(name: MachineName): MachineRow | undefined;
}

export function machinesReader(connection: ViewConnection): MachinesReader {
  const machine = tableReader(connection, machineTables, "machine");
  const byId = machine.one("WHERE id = ?");
  const byName = machine.one("WHERE name = ?");
  const byMac = tableReader(connection, machineTables, "interface").one("WHERE mac = ?");

  return {
    find: (id) => byId(id)?.snapshot,
    findByMac(mac) {
      const found = byMac(mac);
      return found && byId(found.machineId)?.snapshot;
    },
    findByName: (name) => byName(name)?.snapshot,
  };
}
