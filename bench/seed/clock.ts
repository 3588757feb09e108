/** The time of the story, milliseconds UTC: it runs from the first day to now while the work gets done. */
export interface StoryClock {
  readonly now: () => Date;
  /** Moves to this share of the story, 0 to 1. Never back. */
  advance(share: number): void;
}

export function storyClock(endMs: number, days: number): StoryClock {
  const spanMs = days * 86_400_000;
  let nowMs = endMs - spanMs;
  return {
    now: () => new Date(nowMs),
    advance(share) {
      nowMs = Math.max(nowMs, Math.min(endMs, Math.round(endMs - spanMs * (1 - share))));
    },
  };
}
