/** Runs that are remembered: each begins where an event of somebody else was before. */
const runsMax = 1_000;

/** Events with neighbouring positions, both ends included. */
interface Run {
  readonly first: number;
  last: number;
}

/**
 * Which events of the log were appended from here by somebody who knows what they mean, so that whoever follows the
 * log for that knowledge can pass over them without reading them again.
 */
export interface AppliedEvents {
  /** These positions, both ends included, are such events. */
  add(first: number, last: number): void;
  /** The log reaches this position at least. */
  reaches(position: number): void;
  /** The log may have grown, and nobody knows how far: it is to be read. */
  growsUnseen(): void;
  /** The log was read, and ended at this position. */
  endsAt(position: number): void;
  /** The last of such events that follow on a position without a gap; the position itself where there is none. */
  passFrom(position: number): number;
  /** Whether there is nothing behind the position that is not read or passed yet. */
  isEnd(position: number): boolean;
}

export function createAppliedEvents(): AppliedEvents {
  const runs: Run[] = [];
  let end = Number.POSITIVE_INFINITY;

  return {
    add(first, last) {
      const newest = runs.at(-1);
      if (newest && newest.last >= last) return;
      if (newest?.last === first - 1) newest.last = last;
      else runs.push({ first, last });
      if (runs.length > runsMax) runs.shift();
    },

    reaches(position) {
      if (Number.isFinite(end)) end = Math.max(end, position);
    },

    growsUnseen() {
      end = Number.POSITIVE_INFINITY;
    },

    endsAt(position) {
      if (end === Number.POSITIVE_INFINITY) end = position;
    },

    passFrom(position) {
      for (let oldest = runs[0]; oldest && oldest.last <= position; oldest = runs[0]) runs.shift();
      const oldest = runs[0];
      return oldest && oldest.first <= position + 1 ? oldest.last : position;
    },

    isEnd: (position) => position >= end,
  };
}
