/** What requests took, milliseconds, from the moment when each was due. */
export interface Latencies {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface Load {
  readonly perSecond: number;
  readonly seconds: number;
  /** Sends request number `index` and waits for its answer. */
  readonly send: (index: number) => Promise<unknown>;
}

/**
 * Sends requests at an even rate, whether or not earlier ones were answered, as people and scripts do. What a
 * slow answer holds up counts: the clock of each request starts when it was due, not when it was sent.
 */
export async function runLoad({ perSecond, seconds, send }: Load): Promise<Latencies> {
  const total = Math.round(perSecond * seconds);
  const begin = performance.now();
  const took: Promise<number>[] = [];
  while (took.length < total) {
    const due = begin + (1_000 * took.length) / perSecond;
    const waitMs = due - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    took.push(send(took.length).then(() => performance.now() - due));
  }
  return latenciesOf(await Promise.all(took));
}

/** @throws Error when there are none */
export function latenciesOf(values: readonly number[]): Latencies {
  if (values.length === 0) throw new Error("nothing was measured");
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) =>
    rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]);
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

function rounded(value = Number.NaN): number {
  return Math.round(value * 10) / 10;
}
