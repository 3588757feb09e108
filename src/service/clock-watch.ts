import type { Logger } from "pino";
import { systemMeta } from "../domain/event-meta.ts";
import type { ClockWatch } from "../domain/ports/clock-watch.ts";
import type { EventMeta } from "../domain/ports/event-store.ts";
import type { SystemCommand } from "../domain/system/commands.ts";
import type { ClockGuard } from "./clock-guard.ts";

export interface ClockWatchOptions {
  readonly clockGuard: Pick<ClockGuard, "step" | "settle">;
  readonly newId: () => string;
  /** Records a fact about the service. */
  readonly record: (command: SystemCommand, meta: EventMeta) => Promise<unknown>;
  readonly log: Pick<Logger, "warn">;
}

/** The guard forgets a change only when it is recorded. */
export function createClockWatch({ clockGuard, newId, record, log }: ClockWatchOptions): ClockWatch {
  let underWay: Promise<void> | undefined;

  async function recordNow(): Promise<void> {
    const step = clockGuard.step();
    if (step) {
      log.warn(step, "the wall clock was changed: leases neither end nor change hands until it is confirmed");
      await record({ type: "RecordClockStep", ...step }, systemMeta(newId()));
    }
    clockGuard.settle();
  }

  return {
    recordStep() {
      underWay ??= recordNow().finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
  };
}
