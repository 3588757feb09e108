import type { SystemEvent } from "./events.ts";

/** What the service as a whole may do. */
export interface System {
  /** The log was restored, and no operator has looked yet: nothing outside is touched, every boot is the disk. */
  readonly fenced: boolean;
  /** The number of the current effects epoch; 0 until a first fence was lifted. */
  readonly epoch: number;
  /** What the clock said after it had jumped, milliseconds UTC; `undefined`: the clock is trusted. */
  readonly clockSuspectSinceMs: number | undefined;
}

export const newSystem: System = { fenced: false, epoch: 0, clockSuspectSinceMs: undefined };

export function evolve(system: System, event: SystemEvent): System {
  switch (event.type) {
    case "ServiceStarted":
      return system;
    case "RestoreDetected":
      return { ...system, fenced: true };
    case "EffectsEpochStarted":
      return { ...system, fenced: false, epoch: event.data.epoch };
    case "ClockStepped":
      return { ...system, clockSuspectSinceMs: event.data.toMs };
    case "ClockConfirmed":
      return { ...system, clockSuspectSinceMs: undefined };
  }
}
