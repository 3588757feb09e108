import { type EventStore, EventStoreError } from "../../../domain/ports/event-store.ts";
import { prepareEvents } from "../prepare.ts";
import { createLoadLimit } from "../sqlite/load-limit.ts";
import type { AppendToEngine } from "./append.ts";
import { refuseStreamsBeside } from "./envelope.ts";
import { portError } from "./failure.ts";
import { deadlineIn, msUntil, within } from "./persist.ts";
import { createTurns } from "./turns.ts";

/** Appends that are with the engine at once: HTTP/2 servers commonly take 100 calls on a connection. */
const appendsAtOnce = 64;

export interface AcceptOptions {
  readonly appendToEngine: AppendToEngine;
  /** From an append's acceptance to its answer, milliseconds. */
  readonly limitMs: number;
  readonly isClosed: () => boolean;
}

/**
 * Takes appends in: as many as the limit of what may be under way allows, those to one stream one after the other.
 * Each is answered in its time, whatever becomes of those before it.
 */
export function acceptAppends({ appendToEngine, limitMs, isClosed }: AcceptOptions): {
  readonly append: EventStore["append"];
  /** Resolves when all are answered. */
  idle(): Promise<void>;
} {
  const turns = createTurns(appendsAtOnce);
  const load = createLoadLimit();

  return {
    idle: turns.idle,

    async append(stream, { expectedRevision, events }) {
      if (isClosed()) throw new EventStoreError("LOG_CLOSED", "the log is closed");
      refuseStreamsBeside(stream);
      const append = { stream, expectedRevision, events: prepareEvents(stream, events) };
      const done = load.admit(append);
      const deadline = deadlineIn(limitMs);
      const work = turns.run(stream, () => appendToEngine(append, deadline)).finally(done);
      try {
        return await within(msUntil(deadline), work);
      } catch (error) {
        throw portError(error, "LOG_READ_ONLY");
      }
    },
  };
}
