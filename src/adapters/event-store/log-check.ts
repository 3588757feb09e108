import type { CheckedEvent } from "../../proof/check-chains.ts";
import { createCheckpointCheck } from "../../proof/check-checkpoints.ts";
import { createEventCheck, type LeftOut } from "../../proof/check-events.ts";
import type { Checkpoint } from "../../proof/checkpoint.ts";
import type { FindingList } from "../../proof/findings.ts";
import type { VerifyReport } from "../../proof/report.ts";
import type { LogIdentity } from "./position.ts";

/** What a log is verified with. */
export interface Verifying {
  /** Who signed them is known already. (Default: none) */
  readonly checkpoints?: readonly Checkpoint[];
  /** Takes down what is wrong. */
  readonly findings: FindingList;
  /** Told after each page how many events were looked at, of about how many. (Default: nobody is) */
  readonly onProgress?: (events: number, of: number) => void;
}

/** Checks a log event by event, from its first one on. */
export interface LogCheck {
  add(event: CheckedEvent): void;
  /**
   * An event, by its number, that cannot be read, and why.
   *
   * @param leftOut what is known of all that cannot be read with it. (Default: it is alone)
   */
  unreadable(position: number, why: string, leftOut?: LeftOut): void;
  size(): number;
  /** To be called once, after the last event. */
  end(identity: LogIdentity): VerifyReport;
}

/** @param hasOneClock whether times rise in the whole log, and not within each stream only */
export function createLogCheck(
  { checkpoints = [], findings }: Pick<Verifying, "checkpoints" | "findings">,
  hasOneClock: boolean,
): LogCheck {
  const events = createEventCheck({ findings, hasOneClock });
  const signed = createCheckpointCheck(checkpoints, findings);
  signed.reached(0, events.root);

  return {
    add(event) {
      events.add(event);
      signed.reached(events.size(), events.root);
    },
    unreadable(position, message, leftOut) {
      findings.add({ code: "EVENT_UNREADABLE", position, message });
      if (!leftOut) return;
      events.goOnBehind(leftOut);
      signed.passOver(leftOut.tree.size);
      signed.reached(events.size(), events.root);
    },
    size: events.size,
    end(identity) {
      const size = events.size();
      const { size: vouched } = signed.end(size);
      const found = { findingCount: findings.count(), findings: findings.first() };
      return { ...identity, first: 1, events: size, size, root: events.root(), vouched, ...found };
    },
  };
}
