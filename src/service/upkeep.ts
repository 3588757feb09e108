import type { Logger } from "pino";
import type { EventMeta } from "../domain/ports/event-store.ts";
import type { SystemCommand } from "../domain/system/commands.ts";
import type { BootCore } from "./boot-core.ts";
import { type ClockReading, clockStep } from "./clock-watch.ts";
import { reconcile } from "./reconcile.ts";

export interface UpkeepOptions {
  readonly core: BootCore;
  readonly clock: () => Date;
  readonly steadyMs: () => number;
  readonly newId: () => string;
  /** Records a fact about the service. */
  readonly record: (command: SystemCommand, meta: EventMeta) => Promise<unknown>;
  readonly log: Logger;
}

export interface Upkeep {
  /** Starts no further round. */
  stop(): void;
}

/** What is done because time passes. Intervals in milliseconds; rounds of one kind never overlap. */
export function startUpkeep(options: UpkeepOptions): Upkeep {
  const { core, clock, newId, log } = options;
  const { targets, handlers, dhcp, observer } = core;
  const onLeft = (message: string, detail: unknown) => log.warn({ detail }, `${message}: tried again later`);
  const onFailure = (what: string, err: unknown) => log.error({ err }, `${what} failed: tried again`);
  const timers = [
    every(1_000, clockWatch(options), (error) => onFailure("watching the clock", error)),
    every(1_000, dhcp.expiry.run, (error) => onFailure("ending leases", error)),
    every(
      15_000,
      () => reconcile({ targets, handlers, clock, newId, onLeft }),
      (error) => onFailure("reconciling", error),
    ),
    every(
      60_000,
      async () => observer.summarize(),
      (error) => onFailure("summarizing requests", error),
    ),
  ];
  return {
    stop() {
      for (const timer of timers) clearInterval(timer);
    },
  };
}

function every(intervalMs: number, round: () => Promise<unknown>, onFailure: (error: unknown) => void) {
  let running = false;
  return setInterval(async () => {
    if (running) return;
    running = true;
    try {
      await round();
    } catch (error) {
      onFailure(error);
    } finally {
      running = false;
    }
  }, intervalMs);
}

function clockWatch({ clock, steadyMs, newId, record, log }: UpkeepOptions): () => Promise<void> {
  const read = (): ClockReading => ({ wallMs: clock().getTime(), steadyMs: steadyMs() });
  let reading = read();

  return async () => {
    const now = read();
    const step = clockStep(reading, now);
    reading = now;
    if (!step) return;
    log.warn(step, "the wall clock was changed: leases neither end nor change hands until it is confirmed");
    const id = newId();
    const meta = { actor: "system", source: "system", $correlationId: id, $causationId: id };
    await record({ type: "RecordClockStep", ...step }, meta);
  };
}
