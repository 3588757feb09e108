import type { EventStore } from "../../../domain/ports/event-store.ts";
import { type AttemptLimits, createAttemptLimit } from "./attempt-limit.ts";
import { createAttemptRecorder } from "./attempt-recorder.ts";
import { attemptSource } from "./source.ts";

const defaultLimits: AttemptLimits = { perSource: 10, inAll: 1_000, windowMs: 60_000 };

export interface FailedAttemptsOptions {
  readonly store: Pick<EventStore, "append">;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** An event could not be recorded. */
  readonly onFault: (error: unknown) => void;
  /** (Default: 10 of a source and 1,000 in all, in a minute) */
  readonly limits?: Partial<AttemptLimits>;
}

/** What becomes of credentials that count for nothing. What they were is never kept. */
export interface FailedAttempts {
  /** Counts and records one. Seconds to wait when the address failed too often; `undefined` when it did not. */
  count(address: string): number | undefined;
  /** Records what waits to be recorded. */
  close(): Promise<void>;
}

export function watchFailedAttempts(options: FailedAttemptsOptions): FailedAttempts {
  const { store, clock, newId, onFault, limits } = options;
  const held = { ...defaultLimits, ...limits };
  const limit = createAttemptLimit(held);
  const recorder = createAttemptRecorder({ store, newId, gatherMs: held.windowMs, onFault });
  return {
    count(address) {
      const source = attemptSource(address);
      const nowMs = clock().getTime();
      recorder.note(source, nowMs);
      return limit(source, nowMs);
    },
    close: recorder.close,
  };
}
