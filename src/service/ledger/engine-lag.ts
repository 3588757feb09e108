import { positionIdentity, positionNumber } from "../../adapters/event-store/position.ts";
import type { EventReader, Position } from "../../domain/ports/event-store.ts";
import type { LagEvents } from "./open-log.ts";

/** How often the engine is asked how far the log reaches, milliseconds. */
const lookMs = 2_000;

/** What an event takes in an engine's log, octets, where nothing is known better. */
const usualEventBytes = 1_024;

/**
 * How far a view is behind an engine's log. An engine does not count events: its positions are octets, so the distance
 * is divided by what the events that the view shows take on average. Exact where the view shows all.
 */
export function engineLag(log: Pick<EventReader, "head">): {
  readonly lagEvents: LagEvents;
  stop(): void;
} {
  let head: Position | undefined;

  async function look(): Promise<void> {
    try {
      head = await log.head();
    } catch {
      // The engine is away, which is told elsewhere: the log reaches at least as far as before.
    }
  }
  const timer = setInterval(() => void look(), lookMs);
  timer.unref();

  return {
    stop: () => clearInterval(timer),
    lagEvents: ({ position, events }) => (head === undefined ? 0 : eventsBetween({ position, events }, head)),
  };
}

function eventsBetween({ position, events }: Parameters<LagEvents>[0], head: Position): number {
  if (position !== undefined && position >= head) return 0;
  const identity = positionIdentity(head);
  const shown = position === undefined ? 0 : positionNumber(identity, position);
  const eventBytes = events > 0 ? shown / events : usualEventBytes;
  return Math.max(1, Math.round((positionNumber(identity, head) - shown) / eventBytes));
}
