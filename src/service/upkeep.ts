import type { Logger } from "pino";
import type { ClockWatch } from "../domain/ports/clock-watch.ts";
import { type Counts, growth } from "./activity.ts";
import type { BootCore } from "./boot-core.ts";
import type { Leadership } from "./leadership/leadership.ts";
import { reconcile } from "./reconcile.ts";

export interface UpkeepOptions {
  readonly core: Pick<BootCore, "targets" | "clockGuard" | "handlers" | "dhcp" | "observer">;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly leadership: Leadership;
  readonly clockWatch: ClockWatch;
  /** What was counted since the start. */
  readonly counts: () => Counts;
  /** The wall clock came to be in doubt, or is no longer. */
  readonly onClockDoubt: (inDoubt: boolean) => void;
  readonly log: Pick<Logger, "info" | "warn" | "error">;
}

export interface Upkeep {
  /** Starts no further round. Resolves when those under way are done. */
  stop(): Promise<void>;
}

/** What is done because time passes. Rounds of one kind never overlap. */
export function startUpkeep(options: UpkeepOptions): Upkeep {
  const { core, clock, newId, leadership, log } = options;
  const { targets, clockGuard, handlers, dhcp, observer } = core;
  const { isSuspect: clockSuspect } = clockGuard;
  const onLeft = (message: string, detail: unknown) => log.warn({ detail }, `${message}: tried again later`);
  const every = (intervalMs: number, what: string, round: () => Promise<unknown>) =>
    repeat(intervalMs, round, (err) => log.error({ err }, `${what} failed: tried again`));

  const rounds = [
    every(1_000, "watching the clock", watchClock(options)),
    every(1_000, "ending leases", dhcp.expiry.run),
    every(15_000, "reconciling", async () => {
      if (leadership.isHeld()) await reconcile({ targets, handlers, clockSuspect, clock, newId, onLeft });
    }),
    every(60_000, "summarizing requests", async () => observer.summarize()),
    every(60_000, "telling what was counted", activityReport(options)),
    every(60_000, "telling where addresses ran out", exhaustionReport(options)),
  ];
  return {
    async stop() {
      await Promise.all(rounds.map(({ stop }) => stop()));
    },
  };
}

/** `intervalMs`: from the start of one round to that of the next; a round that takes longer is waited for. */
function repeat(intervalMs: number, round: () => Promise<unknown>, onFailure: (error: unknown) => void) {
  let underWay: Promise<void> | undefined;
  const timer = setInterval(() => {
    underWay ??= round()
      .then(() => undefined, onFailure)
      .finally(() => {
        underWay = undefined;
      });
  }, intervalMs);
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}

/** Tells of doubt before the step is in the log: while the log is read-only it cannot be. */
function watchClock({ core, clockWatch, onClockDoubt }: UpkeepOptions): () => Promise<void> {
  let wasInDoubt = false;
  return async () => {
    const inDoubt = core.clockGuard.isSuspect();
    if (inDoubt !== wasInDoubt) onClockDoubt(inDoubt);
    wasInDoubt = inDoubt;
    await clockWatch.recordStep();
  };
}

/** The limits of the service show here: what was dropped, shed or suppressed in the minute, beside what was done. */
function activityReport({ counts, log }: UpkeepOptions): () => Promise<void> {
  // The parts go on counting in the objects that they hand out.
  let before = structuredClone(counts());
  return async () => {
    const now = structuredClone(counts());
    const counted = growth(before, now);
    if (counted) log.info(counted, "counted in the last minute");
    before = now;
  };
}

function exhaustionReport({ core, log }: UpkeepOptions): () => Promise<void> {
  return async () => {
    for (const wire of core.dhcp.exhaustion.take()) {
      log.warn(
        wire,
        "no address was left for clients that asked: widen the ranges, shorten the leases, or register machines",
      );
    }
  };
}
