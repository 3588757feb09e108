import type { Logger } from "pino";
import type { ContestedLeadership } from "./leadership.ts";
import { leaseShares, OtherKeysError } from "./watch-claims.ts";

export interface KeepLeadershipOptions {
  readonly leadership: ContestedLeadership;
  readonly leaseMs: number;
  readonly onChange: (isHeld: boolean) => void;
  /** Another process leads with other keys: this one should end. */
  readonly onOtherKeys: (error: OtherKeysError) => void;
  readonly log: Pick<Logger, "info" | "debug">;
}

/** Contends as long as the process runs. Returns what ends it, and gives up what is held. */
export function keepLeadership(options: KeepLeadershipOptions): { stop(): Promise<void> } {
  const { leadership, leaseMs, onChange, onOtherKeys, log } = options;
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
    } catch (err) {
      if (err instanceof OtherKeysError) onOtherKeys(err);
      // The engine is away, which is told elsewhere. What is held ends by itself.
      log.debug({ err }, "whether this process leads could not be settled");
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
