import type { MachineSnapshot, MachineState } from "../../domain/machine/snapshot.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import type { MachineId } from "../../domain/values/machine-id.ts";
import type { MachineName } from "../../domain/values/slug.ts";
import type { RowOf } from "../table.ts";
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
  /**
   * Machines in the order of their ids, which is the order of their discovery. `after`: exclusive.
   * `states`: only machines in one of these. (Default: all machines)
   */
  list(page: {
    readonly states?: readonly MachineState[];
    readonly after?: MachineId;
    readonly limit: number;
  }): readonly MachineRow[];
  /** How many machines are in each state; a state without machines may be left out. */
  countByState(): ReadonlyMap<MachineState, number>;
}

export function machinesReader(connection: ViewConnection): MachinesReader {
  const machine = tableReader(connection, machineTables, "machine");
  const byId = machine.one("WHERE id = ?");
  const byName = machine.one("WHERE name = ?");
  const byMac = tableReader(connection, machineTables, "interface").one("WHERE mac = ?");
  const all = machine.many("WHERE id > ? ORDER BY id LIMIT ?");
  const byState = machine.many("WHERE state = ? AND id > ? ORDER BY id LIMIT ?");
  // The empty text precedes every state; there are fewer than ten.
  const counts = tableReader(connection, machineTables, "count").many("WHERE state > ''");

  return {
    find: (id) => byId(id)?.snapshot,
    findByMac(mac) {
      const found = byMac(mac);
      return found && byId(found.machineId)?.snapshot;
    },
    findByName: (name) => byName(name)?.snapshot,
    list({ states, after = "", limit }) {
      if (!states) return all(after, limit).map(({ snapshot }) => snapshot);
      return [...new Set(states)]
        .flatMap((state) => byState(state, after, limit))
        .sort(byIdOrder)
        .slice(0, limit)
        .map(({ snapshot }) => snapshot);
    },
    countByState: () => new Map(counts().map(({ state, machines }) => [state, machines])),
  };
}

type StoredMachine = RowOf<typeof machineTables.machine>;

/** As SQLite orders text: ids are lower case hex and dashes. */
function byIdOrder(a: StoredMachine, b: StoredMachine): number {
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
