import type { SystemEvent } from "./events.ts";

/** What the service as a whole may do. */
export interface System {
  /** The log was restored, and no operator has looked yet: nothing outside is touched, every boot is the disk. */
  readonly fenced: boolean;
  /** Incarnations that the log was restored from. */
  readonly restoredFrom: readonly string[];
  /** The number of the current effects epoch; 0 until a first fence was lifted. */
  readonly epoch: number;
  /** What the clock said after it had jumped, milliseconds UTC; `undefined`: the clock is trusted. */
  readonly clockSuspectSinceMs: number | undefined;
  /** Which of several processes on the log acts because time passes; `undefined`: there never were several. */
  readonly leadership: { readonly term: number; readonly holder: string } | undefined;
}

export const newSystem: System = {
  fenced: false,
  restoredFrom: [],
  epoch: 0,
  clockSuspectSinceMs: undefined,
  leadership: undefined,
};

export function evolve(system: System, event: SystemEvent): System {
  switch (event.type) {
    case "ServiceStarted":
    case "BackupTaken":
    case "SegmentArchived":
      return system;
    case "RestoreDetected":
      return {
        ...system,
        fenced: true,
        restoredFrom: [...system.restoredFrom, event.data.previousIncarnation],
      };
    case "EffectsEpochStarted":
      return { ...system, fenced: false, epoch: event.data.epoch };
    case "ClockStepped":
      return { ...system, clockSuspectSinceMs: event.data.toMs };
    case "LeadershipTaken": {
      const { term, holder } = event.data;
      return { ...system, leadership: { term, holder } };
    }
    case "ClockConfirmed":
      return { ...system, clockSuspectSinceMs: undefined };
  }
}
