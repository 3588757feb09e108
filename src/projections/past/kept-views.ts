import { bootEnvironments } from "../views/boot-environments.ts";
import { bulkChanges } from "../views/bulk-changes.ts";
import { fleet } from "../views/fleet.ts";
import { leases } from "../views/leases.ts";
import { runs } from "../views/runs.ts";
import { withPast } from "./with-past.ts";

/**
 * When something was heard of last changes all the time, and nothing follows from it: keeping it would be most of what
 * is kept. The timeline tells what was heard when.
 */
const withoutSeen = ["seenAtMs"];

/** The views that can be read as they were. The others are logs, whose rows have their places, or follow from them. */
export const keptViews = {
  fleet: withPast(fleet, {
    fleet: { without: withoutSeen },
    interface: { without: withoutSeen, indexes: [["machineId"]] },
    presence: {},
    label: {},
  }),
  leases: withPast(leases, {
    // Each of its events changes an address.
    address: { compared: false },
    holder: { indexes: [["machineId"]] },
    label: {},
    subnet: {},
    usage: {},
    clientClass: {},
  }),
  runs: withPast(runs, { run: {}, facts: {}, label: {} }),
  bootEnvironments: withPast(bootEnvironments, { version: {}, latest: {} }),
  bulkChanges: withPast(bulkChanges, { open: {} }),
} as const;

/** A view that can be read as it was. */
export type KeptView = keyof typeof keptViews;
