export interface OneTimeOptions {
  /** How long a value is kept, milliseconds. */
  readonly keptMs: number;
  /** Most values at a time. One more pushes out the oldest. */
  readonly most: number;
  /** Most values of one source. One more pushes out that source's oldest, and nobody else's. */
  readonly mostOfSource: number;
  readonly clock: () => Date;
  readonly randomBytes: (size: number) => Buffer;
}

/** Keeps values for whoever brings the key that was handed out for each, once and not for long. */
export interface OneTime<Value> {
  /** Keeps a value. Returns its key: 256 random bits that fit into a URL. `source`: who wants it kept. */
  put(value: Value, source: string): string;
  /** The value, which is gone with that; `undefined` when there is none, or its time is over. */
  take(key: string): Value | undefined;
}

interface Kept<Value> {
  readonly value: Value;
  readonly source: string;
  readonly untilMs: number;
}

export function createOneTime<Value>(options: OneTimeOptions): OneTime<Value> {
  const { keptMs, most, mostOfSource, clock, randomBytes } = options;
  /** Oldest first: a map keeps the order in which its keys came, and so does a set. */
  const kept = new Map<string, Kept<Value>>();
  const keysOf = new Map<string, Set<string>>();

  function forget(key: string): Kept<Value> | undefined {
    const found = kept.get(key);
    if (!found) return undefined;
    kept.delete(key);
    const keys = keysOf.get(found.source);
    keys?.delete(key);
    if (keys?.size === 0) keysOf.delete(found.source);
    return found;
  }

  function makeRoom(source: string, nowMs: number): void {
    const own = keysOf.get(source);
    const [ownOldest] = own ?? [];
    if (own && ownOldest !== undefined && own.size >= mostOfSource) forget(ownOldest);
    for (const [key, { untilMs }] of kept) {
      if (kept.size < most && nowMs < untilMs) return;
      forget(key);
    }
  }

  return {
    put(value, source) {
      const nowMs = clock().getTime();
      makeRoom(source, nowMs);
      const key = randomBytes(32).toString("base64url");
      kept.set(key, { value, source, untilMs: nowMs + keptMs });
      keysOf.set(source, (keysOf.get(source) ?? new Set()).add(key));
      return key;
    },
    take(key) {
      const found = forget(key);
      return found && clock().getTime() < found.untilMs ? found.value : undefined;
    },
  };
}
