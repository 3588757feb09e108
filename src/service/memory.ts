import { addressCodec } from "../domain/address/events.ts";
import type { EventFilter } from "../domain/ports/event-store.ts";
import { type BootTargets, bootTargetsFilter, createBootTargets } from "../projections/boot-targets.ts";
import { type ClockGuard, createClockGuard } from "./clock-guard.ts";

/** What the packet path knows of the log without asking it. */
export interface Memory {
  readonly targets: BootTargets;
  readonly clockGuard: ClockGuard;
}

/** Everything that is kept in memory: machines, subnets, the fence, the clock, and leases. */
export const memoryFilter: EventFilter = {
  categories: [...(bootTargetsFilter.categories ?? []), "address"],
  types: [...(bootTargetsFilter.types ?? []), ...addressCodec.definitions.map(({ type }) => type)],
};

export interface MemoryOptions {
  readonly clock: () => Date;
  /** Milliseconds since some moment, never set by anybody. */
  readonly steadyMs: () => number;
}

export function createMemory({ clock, steadyMs }: MemoryOptions): Memory {
  const targets = createBootTargets();
  const longestLeaseMs = () =>
    1000 * targets.subnets().reduce((longest, { leaseSeconds }) => Math.max(longest, leaseSeconds), 0);
  return { targets, clockGuard: createClockGuard({ clock, steadyMs, longestLeaseMs }) };
}
