import type { View } from "../view.ts";
import { bootEnvironments } from "./boot-environments.ts";
import { bootMemory } from "./boot-memory.ts";
import { bootTimeline } from "./boot-timeline.ts";
import { bulkChanges } from "./bulk-changes.ts";
import { eventsIndex } from "./events-index.ts";
import { fleet } from "./fleet.ts";
import { leases } from "./leases.ts";
import { machines } from "./machines.ts";
import { runs } from "./runs.ts";

/** Every view that the service keeps. */
export const allViews: readonly View[] = [
  machines,
  fleet,
  leases,
  bootTimeline,
  runs,
  eventsIndex,
  bootEnvironments,
  bulkChanges,
  bootMemory,
];
