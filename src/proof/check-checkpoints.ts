import type { Checkpoint } from "./checkpoint.ts";
import type { FindingList } from "./findings.ts";

/** How far signed checkpoints vouch for a log. */
export interface Vouched {
  /** The size of the largest checkpoint that the log agrees with; `undefined` when there is none. */
  readonly size: number | undefined;
}

/** Compares the tree with checkpoints while it grows. */
export interface CheckpointCheck {
  /** To be called with the tree before the first event, and after each. */
  reached(size: number, root: () => string): void;
  /** Leaves out what was signed of fewer events: those are not here. */
  passOver(size: number): void;
  /** To be called after the last event. */
  end(size: number): Vouched;
}

/**
 * With several checkpoints, what is wrong is found between the last that agrees and the first that does not.
 *
 * @param checkpoints in any order; who signed them is known already
 */
export function createCheckpointCheck(
  checkpoints: readonly Checkpoint[],
  findings: FindingList,
): CheckpointCheck {
  const waiting = [...checkpoints].sort((left, right) => left.size - right.size);
  let next = waiting.shift();
  let vouched: number | undefined;
  let differs = false;

  function compare({ size, root }: Checkpoint, actual: string): void {
    if (root === actual) {
      vouched = size;
    } else if (!differs) {
      differs = true;
      const since =
        vouched === undefined
          ? `the first ${size} events are`
          : `the events after position ${vouched} up to ${size} are`;
      const message = `${since} not those that were signed: one was changed, moved, put in or removed`;
      findings.add({ code: "CHECKPOINT_DIFFERS", position: size, message });
    }
  }

  return {
    reached(size, root) {
      for (; next && next.size <= size; next = waiting.shift()) {
        if (next.size === size) compare(next, root());
        else findings.add({ code: "CHECKPOINT_DIFFERS", position: next.size, message: beforeRange(size) });
      }
    },

    passOver(size) {
      while (next && next.size < size) next = waiting.shift();
    },

    end(size) {
      const newest = waiting.at(-1) ?? next;
      if (newest) {
        const message = `${size} events are here, and ${newest.size} were signed: the newest are missing`;
        findings.add({ code: "CHECKPOINT_NOT_REACHED", position: size, message });
      }
      return { size: vouched };
    },
  };
}

function beforeRange(size: number): string {
  return `it cannot be compared: the first event that is here comes after position ${size}`;
}
