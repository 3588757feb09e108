import { createWindowCount, type WindowCountOptions } from "./window-count.ts";

export interface RateLimitOptions extends Pick<WindowCountOptions, "windowMs"> {
  /** Most uses of one key in a window. */
  readonly most: number;
  /** Most keys to keep in mind. A key that was forgotten begins anew. (Default: 100,000) */
  readonly keysMax?: number;
}

/** Whether the key may be used once more; counts the use if so. */
export type RateLimit<Key> = (key: Key, nowMs: number) => boolean;

/** Keeps each of many clients from taking more than its share. */
export function createRateLimit<Key>(options: RateLimitOptions): RateLimit<Key> {
  const { most, windowMs, keysMax = 100_000 } = options;
  const uses = createWindowCount<Key>({ windowMs, keysMax });
  return (key, nowMs) => uses.addUpTo(most, key, nowMs);
}
