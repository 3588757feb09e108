import { keptViews } from "../past/kept-views.ts";
import type { View } from "../view.ts";
import { bootMemory } from "./boot-memory.ts";
import { bootTimeline } from "./boot-timeline.ts";
import { eventsIndex } from "./events-index.ts";
import { logTree } from "./log-tree.ts";
import { machines } from "./machines.ts";

/** Every view that the service keeps. */
export const allViews: readonly View[] = [
  machines,
  keptViews.fleet,
  keptViews.leases,
  bootTimeline,
  keptViews.runs,
  eventsIndex,
  keptViews.bootEnvironments,
  keptViews.bulkChanges,
  bootMemory,
  logTree,
];
