import type { MacAddress } from "../../domain/values/mac-address.ts";
import type { MachineId } from "../../domain/values/machine-id.ts";
import { mergedPages, type OrdinalPage, type OrdinalSpan, ordinalPages } from "../ordinal-page.ts";
import type { RowOf } from "../table.ts";
import { tableReader } from "../table-reader.ts";
import type { ViewConnection } from "../view-connection.ts";
import { timelineTables } from "./boot-timeline.ts";

/** An event of a machine or of one of its interfaces. `detail`: what it says, cut to a line. */
export type TimelineRow = Omit<RowOf<typeof timelineTables.entry>, "boot"> & {
  /** The boot that the event was part of; `null` when it was part of none. */
  readonly bootId: string | null;
};

/** A boot: everything from a first request to what it led to. `run`: the run that it belongs to. */
export type BootRow = RowOf<typeof timelineTables.boot>;

export interface BootTimelineReader {
  /** What happened to the machine, and to each interface while it belonged to the machine. */
  listByMachine(machineId: MachineId, page: OrdinalPage): readonly TimelineRow[];
  /** What happened to an interface, whoever it belonged to: its boots, its leases, its claim. */
  listByMac(mac: MacAddress, page: OrdinalPage): readonly TimelineRow[];
  /** Everything that a boot led to, on the interface and on its machine. */
  listByBoot(bootId: string, page: OrdinalPage): readonly TimelineRow[];
  findBoot(bootId: string): BootRow | undefined;
  listBoots(mac: MacAddress, page: OrdinalPage): readonly BootRow[];
}

export function bootTimelineReader(connection: ViewConnection): BootTimelineReader {
  const entry = tableReader(connection, timelineTables, "entry");
  const boot = tableReader(connection, timelineTables, "boot");
  const ownership = tableReader(connection, timelineTables, "ownership");
  const bootOf = boot.one("WHERE id = ?");
  const bootsOf = ordinalPages(boot, "mac = ?");
  const byMachine = ordinalPages(entry, "machineId = ?");
  const byMac = ordinalPages(entry, "mac = ?");
  const byBoot = ordinalPages(entry, "boot = ?");
  const ownedBy = ownership.many("WHERE machineId = ?");

  function row({ boot: id, ...rest }: RowOf<typeof timelineTables.entry>): TimelineRow {
    return { ...rest, bootId: id !== null && bootOf(id) ? id : null };
  }

  return {
    listByMachine(machineId, page) {
      const ofInterfaces = ownedBy(machineId).map((owned) => byMac([owned.mac], page, spanOf(owned)));
      return mergedPages([byMachine([machineId], page), ...ofInterfaces], page).map(row);
    },
    listByMac: (mac, page) => byMac([mac], page).map(row),
    listByBoot: (bootId, page) => byBoot([bootId], page).map(row),
    findBoot: (bootId) => bootOf(bootId),
    listBoots: (mac, page) => bootsOf([mac], page),
  };
}

function spanOf(owned: RowOf<typeof timelineTables.ownership>): OrdinalSpan {
  return { first: owned.firstOrdinal, last: owned.lastOrdinal ?? Number.MAX_SAFE_INTEGER };
}
