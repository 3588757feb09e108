import type { LogHealth } from "./latch.ts";
import type { Log } from "./log.ts";

/** How often a log that is read-only is tried again, milliseconds. */
const recoverMs = 1_000;

export interface Recovery {
  /** To be called after each commit: starts trying again when the log became read-only. */
  watch(): void;
  stop(): void;
}

/** Tries again until the log is writable, and tells each change of its health. */
export function createRecovery(log: Log, onHealth: (health: LogHealth) => void): Recovery {
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
        if (log.health().status === "writable") stop();
      }, recoverMs);
    },

    stop,
  };
}
