import type { LogHealth } from "./latch.ts";
import type { Log } from "./log.ts";

/** How often a log that is read-only is tried again, milliseconds. */
const recoverMs = 1_000;

export interface Recovery {
  /** To be called after each commit: starts trying again when the log became read-only. */
  watch(): void;
  stop(): void;
}

export interface RecoveryOptions {
  /** Told each change. */
  readonly onHealth: (health: LogHealth) => void;
  /** The log is writable again, and may hold what a failed commit left in it. */
  readonly onRecovered: () => void;
}

/** Tries again until the log is writable. */
export function createRecovery(log: Log, { onHealth, onRecovered }: RecoveryOptions): Recovery {
  let timer: NodeJS.Timeout | undefined;
  let told = log.health();

  function tellChange(): void {
    const health = log.health();
    if (JSON.stringify(health) === JSON.stringify(told)) return;
    told = health;
    onHealth(health);
  }

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
  }

  return {
    watch() {
      if (timer || log.health().status === "writable") return;
      tellChange();
      timer = setInterval(() => {
        log.recover();
        tellChange();
        if (log.health().status !== "writable") return;
        stop();
        onRecovered();
      }, recoverMs);
    },

    stop,
  };
}
