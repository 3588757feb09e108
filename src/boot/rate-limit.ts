import { createGenerationMap } from "./generation-map.ts";

export interface RateLimitOptions {
  /** Most uses of one key in a window. */
  readonly most: number;
  /** A key's window begins with its first use after the window before, milliseconds. */
  readonly windowMs: number;
  /** Most keys to keep in mind. A key that was forgotten begins anew. (Default: 100,000) */
  readonly keysMax?: number;
}

/** Whether the key may be used once more; counts the use if so. */
export type RateLimit<Key> = (key: Key, nowMs: number) => boolean;

/** Keeps each of many clients from taking more than its share. */
export function createRateLimit<Key>({
  most,
  windowMs,
  keysMax = 100_000,
}: RateLimitOptions): RateLimit<Key> {
  const windows = createGenerationMap<Key, { readonly beganMs: number; uses: number }>(keysMax);

  return (key, nowMs) => {
    const window = windows.get(key);
    // A clock that was set back begins a window, too: otherwise nobody would be served until it has caught up.
    const isOver = !window || nowMs - window.beganMs >= windowMs || nowMs < window.beganMs;
    if (isOver) windows.set(key, { beganMs: nowMs, uses: 1 });
    else if (window.uses >= most) return false;
    else window.uses++;
    return true;
  };
}
