/** How many attempts may fail in a window before the answer is to wait. */
export interface AttemptLimits {
  /** Of one source. */
  readonly perSource: number;
  /** Of all sources together: that bounds what is kept in mind, too. */
  readonly inAll: number;
  readonly windowMs: number;
}

/** Counts an attempt that failed. Seconds to wait when there were too many; `undefined` when there were not. */
export type AttemptLimit = (source: string, nowMs: number) => number | undefined;

/** Limits failures and never successes: whoever shares an address with an attacker still gets in. */
export function createAttemptLimit({ perSource, inAll, windowMs }: AttemptLimits): AttemptLimit {
  const failures = new Map<string, number>();
  let beganMs = Number.NEGATIVE_INFINITY;
  let total = 0;

  return (source, nowMs) => {
    // A clock that was set back begins a window, too.
    if (nowMs - beganMs >= windowMs || nowMs < beganMs) {
      beganMs = nowMs;
      total = 0;
      failures.clear();
    }
    const own = failures.get(source) ?? 0;
    if (own >= perSource || total >= inAll) return Math.ceil((beganMs + windowMs - nowMs) / 1_000);
    failures.set(source, own + 1);
    total++;
    return undefined;
  };
}
