import type { Position } from "../../domain/ports/event-store.ts";
import type { ClientClassRow } from "../../projections/client-classes.ts";
import { environmentCollection } from "../../projections/collections/boot-environments.ts";
import { checkpointCollection } from "../../projections/collections/checkpoints.ts";
import { eventCollection } from "../../projections/collections/events.ts";
import { fleetCollection } from "../../projections/collections/fleet.ts";
import { interfaceCollection } from "../../projections/collections/interfaces.ts";
import {
  addressUsageCollection,
  clientClassCollection,
  leaseCollection,
  reservationCollection,
  subnetCollection,
} from "../../projections/collections/leases.ts";
import { runCollection } from "../../projections/collections/runs.ts";
import type { Projector } from "../../projections/projector.ts";
import type { SearchableCollection } from "../../projections/query/sql-collection.ts";
import {
  type BootEnvironmentRow,
  type BootEnvironmentsReader,
  bootEnvironments,
  bootEnvironmentsReader,
} from "../../projections/views/boot-environments.ts";
import { bootTimeline } from "../../projections/views/boot-timeline.ts";
import { type BootTimelineReader, bootTimelineReader } from "../../projections/views/boot-timeline-reader.ts";
import {
  type BulkChangesReader,
  bulkChanges,
  bulkChangesReader,
} from "../../projections/views/bulk-changes.ts";
import { type EventIndexRow, eventsIndex } from "../../projections/views/events-index.ts";
import { type EventsIndexReader, eventsIndexReader } from "../../projections/views/events-index-reader.ts";
import { fleet } from "../../projections/views/fleet.ts";
import type { FleetRow, InterfaceRow } from "../../projections/views/fleet-tables.ts";
import { type AddressRow, leases, type UsageRow } from "../../projections/views/leases.ts";
import { type LeasesReader, leasesReader, type SubnetRow } from "../../projections/views/leases-reader.ts";
import { type CheckpointRow, logTree } from "../../projections/views/log-tree.ts";
import { machines } from "../../projections/views/machines.ts";
import { type MachinesReader, machinesReader } from "../../projections/views/machines-reader.ts";
import { type RunRow, runs } from "../../projections/views/runs.ts";
import { type RunsReader, runsReader } from "../../projections/views/runs-reader.ts";

/** What can be listed, under its name in the schema. */
export interface Lists {
  readonly machines: SearchableCollection<FleetRow>;
  readonly interfaces: SearchableCollection<InterfaceRow>;
  readonly leases: SearchableCollection<AddressRow>;
  readonly subnets: SearchableCollection<SubnetRow>;
  readonly addressUsage: SearchableCollection<UsageRow>;
  readonly clientClasses: SearchableCollection<ClientClassRow>;
  readonly reservations: SearchableCollection<AddressRow>;
  readonly bootEnvironments: SearchableCollection<BootEnvironmentRow>;
  readonly runs: SearchableCollection<RunRow>;
  readonly events: SearchableCollection<EventIndexRow>;
  readonly checkpoints: SearchableCollection<CheckpointRow>;
}

/** Where in the log an event is, without what it is. */
export type EventPlace = Pick<EventIndexRow, "ordinal" | "position">;

/**
 * Everything that queries read, and what is known of how far it is. What one caller sees of it: see `guardViews`,
 * which answers for each of the methods here.
 */
export interface ReadModels {
  readonly lists: Lists;
  readonly machines: MachinesReader;
  readonly runs: Pick<RunsReader, "find" | "listBoots">;
  readonly leases: Omit<LeasesReader, "withUsage">;
  readonly environments: BootEnvironmentsReader;
  readonly bulkChanges: BulkChangesReader;
  readonly timeline: Pick<BootTimelineReader, "listByMachine" | "findBoot">;
  readonly events: Pick<EventsIndexReader, "findById" | "machineAt" | "positionBefore"> & {
    /** The place of the event at a position; `undefined` when there is no such event, or the view lags behind. */
    findByPosition(position: Position): EventPlace | undefined;
    /** The place of the last event that is not later than this moment. */
    lastUntil(timeMs: number): EventPlace | undefined;
  };
  readonly projector: Pick<Projector, "status" | "waitFor" | "rebuild" | "retry">;
}

/** Readers of a projector that keeps all views. Valid until it is closed. */
export function createReadModels(projector: Projector): ReadModels {
  const connection = ({ name }: { readonly name: string }) => projector.connection(name);
  return {
    lists: {
      machines: fleetCollection(connection(fleet)),
      interfaces: interfaceCollection(connection(fleet)),
      leases: leaseCollection(connection(leases)),
      subnets: subnetCollection(connection(leases)),
      addressUsage: addressUsageCollection(connection(leases)),
      clientClasses: clientClassCollection(connection(leases)),
      reservations: reservationCollection(connection(leases)),
      bootEnvironments: environmentCollection(connection(bootEnvironments)),
      runs: runCollection(connection(runs)),
      events: eventCollection(connection(eventsIndex)),
      checkpoints: checkpointCollection(connection(logTree)),
    },
    machines: machinesReader(connection(machines)),
    runs: runsReader(connection(runs)),
    leases: leasesReader(connection(leases)),
    environments: bootEnvironmentsReader(connection(bootEnvironments)),
    bulkChanges: bulkChangesReader(connection(bulkChanges)),
    timeline: bootTimelineReader(connection(bootTimeline)),
    events: eventsIndexReader(connection(eventsIndex)),
    projector,
  };
}
