export interface OneTimeOptions {
  /** How long a value is kept, milliseconds. */
  readonly keptMs: number;
  /** Most values at a time. One more pushes out the oldest. */
  readonly most: number;
  readonly clock: () => Date;
  readonly randomBytes: (size: number) => Buffer;
}

/** Keeps values for whoever brings the key that was handed out for each, once and not for long. */
export interface OneTime<Value> {
  /** Keeps a value. Returns its key: 256 random bits that fit into a URL. */
  put(value: Value): string;
  /** The value, which is gone with that; `undefined` when there is none, or its time is over. */
  take(key: string): Value | undefined;
}

export function createOneTime<Value>(options: OneTimeOptions): OneTime<Value> {
  const { keptMs, most, clock, randomBytes } = options;
  /** Oldest first: a map keeps the order in which its keys came. */
  const kept = new Map<string, { readonly value: Value; readonly untilMs: number }>();

  function forgetOldest(nowMs: number): void {
    for (const [key, { untilMs }] of kept) {
      if (kept.size < most && nowMs < untilMs) return;
      kept.delete(key);
    }
  }

  return {
    put(value) {
      const nowMs = clock().getTime();
      forgetOldest(nowMs);
      const key = randomBytes(32).toString("base64url");
      kept.set(key, { value, untilMs: nowMs + keptMs });
      return key;
    },
    take(key) {
      const found = kept.get(key);
      kept.delete(key);
      return found && clock().getTime() < found.untilMs ? found.value : undefined;
    },
  };
}
