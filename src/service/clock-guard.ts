import type { RecordedEvent } from "../domain/ports/event-store.ts";
import { type ClockReading, type ClockStep, clockStep } from "./clock-step.ts";

export interface ClockGuardOptions {
  readonly clock: () => Date;
  /** Milliseconds since some moment, never set by anybody. */
  readonly steadyMs: () => number;
  /** The longest lease that any subnet grants, milliseconds. */
  readonly longestLeaseMs: () => number;
}

/** Whether what the wall clock says may end leases and runs. */
export interface ClockGuard {
  /** Takes the events of `system`. */
  apply(event: RecordedEvent): void;
  /**
   * True from the moment that the wall clock was changed until an operator confirms it, or the longest lease has
   * passed since. It is asked before each use of the clock, so nothing is done between the change and its record.
   */
  isSuspect(): boolean;
  /** The change that is still to be recorded; `undefined` when there is none. */
  step(): ClockStep | undefined;
  /** What the wall clock did until now is recorded, or was no step: the next one is measured from here. */
  settle(): void;
}

/** After a restart the wait begins anew: how long the clock was wrong before is not known. */
export function createClockGuard({ clock, steadyMs, longestLeaseMs }: ClockGuardOptions): ClockGuard {
  const read = (): ClockReading => ({ wallMs: clock().getTime(), steadyMs: steadyMs() });
  let reading = read();
  let steppedAtMs: number | undefined;
  const step = () => clockStep(reading, read());

  return {
    step,
    apply({ type }) {
      if (type === "ClockStepped") steppedAtMs = steadyMs();
      if (type === "ClockConfirmed") steppedAtMs = undefined;
    },
    isSuspect() {
      if (step()) return true;
      return steppedAtMs !== undefined && steadyMs() - steppedAtMs < longestLeaseMs();
    },
    settle() {
      // The log tells of the step a moment later, and in between the clock is no better.
      if (step()) steppedAtMs = steadyMs();
      reading = read();
    },
  };
}
