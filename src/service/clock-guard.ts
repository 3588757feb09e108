import type { RecordedEvent } from "../domain/ports/event-store.ts";

export interface ClockGuardOptions {
  /** Milliseconds since some moment, never set by anybody. */
  readonly steadyMs: () => number;
  /** The longest lease that any subnet grants, milliseconds. */
  readonly longestLeaseMs: () => number;
}

/** Whether what the wall clock says may end leases. */
export interface ClockGuard {
  /** Takes the events of `system`. */
  apply(event: RecordedEvent): void;
  /** True from a ClockStepped until an operator confirms the clock, or the longest lease has passed since. */
  isSuspect(): boolean;
}

/** After a restart the wait begins anew: how long the clock was wrong before is not known. */
export function createClockGuard({ steadyMs, longestLeaseMs }: ClockGuardOptions): ClockGuard {
  let steppedAtMs: number | undefined;
  return {
    apply({ type }) {
      if (type === "ClockStepped") steppedAtMs = steadyMs();
      if (type === "ClockConfirmed") steppedAtMs = undefined;
    },
    isSuspect: () => steppedAtMs !== undefined && steadyMs() - steppedAtMs < longestLeaseMs(),
  };
}
