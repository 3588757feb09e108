import type { Projector } from "../../projections/projector.ts";
import {
  type BootEnvironmentsReader,
  bootEnvironments,
  bootEnvironmentsReader,
} from "../../projections/views/boot-environments.ts";
import { bootTimeline } from "../../projections/views/boot-timeline.ts";
import { type BootTimelineReader, bootTimelineReader } from "../../projections/views/boot-timeline-reader.ts";
import { eventsIndex } from "../../projections/views/events-index.ts";
import { type EventsIndexReader, eventsIndexReader } from "../../projections/views/events-index-reader.ts";
import { leases } from "../../projections/views/leases.ts";
import { type LeasesReader, leasesReader } from "../../projections/views/leases-reader.ts";
import { machines } from "../../projections/views/machines.ts";
import { type MachinesReader, machinesReader } from "../../projections/views/machines-reader.ts";
import { runs } from "../../projections/views/runs.ts";
import { type RunsReader, runsReader } from "../../projections/views/runs-reader.ts";

/** Everything that queries read, and what is known of how far it is. */
export interface ReadModels {
  readonly machines: MachinesReader;
  readonly runs: RunsReader;
  readonly leases: LeasesReader;
  readonly environments: BootEnvironmentsReader;
  readonly timeline: BootTimelineReader;
  readonly events: EventsIndexReader;
  readonly projector: Pick<Projector, "status" | "waitFor" | "rebuild">;
}

/** Readers of a projector that keeps all views. Valid until it is closed. */
export function createReadModels(projector: Projector): ReadModels {
  const connection = ({ name }: { readonly name: string }) => projector.connection(name);
  return {
    machines: machinesReader(connection(machines)),
    runs: runsReader(connection(runs)),
    leases: leasesReader(connection(leases)),
    environments: bootEnvironmentsReader(connection(bootEnvironments)),
    timeline: bootTimelineReader(connection(bootTimeline)),
    events: eventsIndexReader(connection(eventsIndex)),
    projector,
  };
}
