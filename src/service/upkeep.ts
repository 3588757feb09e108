import type { Logger } from "pino";
import type { EventMeta } from "../domain/ports/event-store.ts";
import type { SystemCommand } from "../domain/system/commands.ts";
import type { BootCore } from "./boot-core.ts";
import { reconcile } from "./reconcile.ts";

export interface UpkeepOptions {
  readonly core: Pick<BootCore, "targets" | "clockGuard" | "handlers" | "dhcp" | "observer">;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** Records a fact about the service. */
  readonly record: (command: SystemCommand, meta: EventMeta) => Promise<unknown>;
  readonly log: Pick<Logger, "warn" | "error">;
}

export interface Upkeep {
  /** Starts no further round. Resolves when those under way are done. */
  stop(): Promise<void>;
}

/** What is done because time passes. Rounds of one kind never overlap. */
export function startUpkeep(options: UpkeepOptions): Upkeep {
  const { core, clock, newId, log } = options;
  const { targets, clockGuard, handlers, dhcp, observer } = core;
  const { isSuspect: clockSuspect } = clockGuard;
  const onLeft = (message: string, detail: unknown) => log.warn({ detail }, `${message}: tried again later`);
  const every = (intervalMs: number, what: string, round: () => Promise<unknown>) =>
    repeat(intervalMs, round, (err) => log.error({ err }, `${what} failed: tried again`));

  const rounds = [
    every(1_000, "watching the clock", () => recordClockStep(options)),
    every(1_000, "ending leases", dhcp.expiry.run),
    every(15_000, "reconciling", () => reconcile({ targets, handlers, clockSuspect, clock, newId, onLeft })),
    every(60_000, "summarizing requests", async () => observer.summarize()),
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

/** A step that cannot be recorded now is found again by the next round: the guard forgets it only then. */
async function recordClockStep({ core: { clockGuard }, newId, record, log }: UpkeepOptions): Promise<void> {
  const step = clockGuard.step();
  if (step) {
    log.warn(step, "the wall clock was changed: leases neither end nor change hands until it is confirmed");
    const id = newId();
    const meta = { actor: "system", source: "system", $correlationId: id, $causationId: id };
    await record({ type: "RecordClockStep", ...step }, meta);
  }
  clockGuard.settle();
}
