import type { Logger } from "pino";
import type { ContestedLeadership } from "./leadership.ts";
import { leaseShares, OtherKeysError } from "./watch-claims.ts";

export interface KeepLeadershipOptions {
  readonly leadership: ContestedLeadership;
  readonly leaseMs: number;
  readonly onChange: (isHeld: boolean) => void;
  /** Another process leads with other keys: this one should end. */
  readonly onOtherKeys: (error: OtherKeysError) => void;
  readonly log: Pick<Logger, "info" | "debug" | "error">;
}

/** Contends as long as the process runs. Returns what ends it, and gives up what is held. */
export function keepLeadership(options: KeepLeadershipOptions): { stop(): Promise<void> } {
  const { leadership, leaseMs, onChange, onOtherKeys, log } = options;
  const trouble = tellWhenLong(leaseMs, log);
  let wasHeld = false;
  let underWay: Promise<void> | undefined;

  function tell(): void {
    const term = leadership.term();
    const isHeld = term !== undefined;
    if (isHeld === wasHeld) return;
    wasHeld = isHeld;
    log.info({ term }, isHeld ? "this process leads" : "this process leads no more");
    onChange(isHeld);
  }

  async function look(): Promise<void> {
    try {
      await leadership.look();
      trouble.over();
    } catch (err) {
      if (err instanceof OtherKeysError) onOtherKeys(err);
      // What is held ends by itself.
      else trouble.by(err);
    }
    underWay = undefined;
  }

  const timer = setInterval(() => {
    tell();
    underWay ??= look().finally(tell);
  }, leaseMs * leaseShares.look);
  timer.unref();

  return {
    async stop() {
      clearInterval(timer);
      await underWay;
      await leadership.release().catch((err) => log.debug({ err }, "the leadership was left to run out"));
    },
  };
}

/** An engine that is away for a moment is nothing to tell of; one that lets nobody lead is, once. */
function tellWhenLong(longMs: number, log: KeepLeadershipOptions["log"]) {
  let sinceMs: number | undefined;
  let isTold = false;
  return {
    by(err: unknown): void {
      sinceMs ??= performance.now();
      const isLong = performance.now() - sinceMs >= longMs;
      log[isLong && !isTold ? "error" : "debug"]({ err }, "whether this process leads cannot be settled");
      isTold ||= isLong;
    },
    over(): void {
      if (isTold) log.info("whether this process leads can be settled again");
      sinceMs = undefined;
      isTold = false;
    },
  };
}
