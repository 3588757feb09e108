import { within } from "../../adapters/event-store/eventstoredb/persist.ts";
import type { LogHealth } from "../../adapters/event-store/sqlite/latch.ts";
import { EventStoreError } from "../../domain/ports/event-store.ts";

/** How often the engine is asked whether it is there, and how long it may take to say so, milliseconds. */
const defaultPulseMs = 2_000;

/** After an append that failed for good, the log counts as read-only so long unless one succeeds, milliseconds. */
const failedAppendMs = 15_000;

export interface EngineHealthOptions {
  /** Asks the engine something. Rejects where it does not answer. */
  readonly ping: () => Promise<void>;
  readonly onHealth: (health: LogHealth) => void;
  /** (Default: 2,000) */
  readonly pulseMs?: number;
}

/** Watches an engine, also while nobody uses it. */
export interface EngineHealth {
  /** The same append, whose outcome counts. */
  noting<Result>(append: Promise<Result>): Promise<Result>;
  now(): LogHealth;
  stop(): void;
}

/**
 * The engine counts as away when it leaves a question unanswered, or when an append of ours failed. It counts as there
 * again when it answers, and no append has failed for a while or one has succeeded since.
 */
export function watchEngine({ ping, onHealth, pulseMs = defaultPulseMs }: EngineHealthOptions): EngineHealth {
  let silence: string | undefined;
  let failure: { readonly reason: string; readonly atMs: number } | undefined;
  let told: LogHealth = { status: "writable" };
  let isAsking = false;

  function health(): LogHealth {
    const isFresh = failure !== undefined && performance.now() - failure.atMs < failedAppendMs;
    const reason = silence ?? (isFresh ? failure?.reason : undefined);
    return reason === undefined ? { status: "writable" } : { status: "read-only", reason };
  }

  function tell(): void {
    const now = health();
    const isSame = now.status === told.status;
    told = now;
    if (!isSame) onHealth(now);
  }

  async function look(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    try {
      await within(pulseMs, ping());
      silence = undefined;
    } catch (error) {
      silence = messageOf(error);
    }
    isAsking = false;
    tell();
  }

  const timer = setInterval(() => void look(), pulseMs);
  timer.unref();

  return {
    now: health,
    stop: () => clearInterval(timer),

    async noting(append) {
      try {
        const result = await append;
        failure = undefined;
        return result;
      } catch (error) {
        if (error instanceof EventStoreError && error.code === "LOG_READ_ONLY") {
          failure = { reason: error.message, atMs: performance.now() };
        }
        throw error;
      } finally {
        tell();
      }
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
