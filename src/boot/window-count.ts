import { createGenerationMap } from "./generation-map.ts";

export interface WindowCountOptions {
  /** A key's window begins with what is counted first after the window before, milliseconds. */
  readonly windowMs: number;
  /** Most keys to keep in mind. A key that was forgotten begins anew. */
  readonly keysMax: number;
}

/** Counts what happened for each of many keys in a window of its own. */
export interface WindowCount<Key> {
  /** How often so far, in the window that is running. */
  get(key: Key, nowMs: number): number;
  /** Once more. */
  add(key: Key, nowMs: number): void;
  /** Once more, unless it was that often already: false then. */
  addUpTo(most: number, key: Key, nowMs: number): boolean;
}

export function createWindowCount<Key>({ windowMs, keysMax }: WindowCountOptions): WindowCount<Key> {
  const windows = createGenerationMap<Key, { readonly beganMs: number; count: number }>(keysMax);

  function running(key: Key, nowMs: number) {
    const window = windows.get(key);
    // A clock that was set back begins a window, too: otherwise nothing would go on until it has caught up.
    return window && nowMs - window.beganMs < windowMs && nowMs >= window.beganMs ? window : undefined;
  }

  function addUpTo(most: number, key: Key, nowMs: number): boolean {
    const window = running(key, nowMs);
    if (!window) windows.set(key, { beganMs: nowMs, count: 1 });
    else if (window.count >= most) return false;
    else window.count++;
    return true;
  }

  return {
    get: (key, nowMs) => running(key, nowMs)?.count ?? 0,
    add: (key, nowMs) => void addUpTo(Number.POSITIVE_INFINITY, key, nowMs),
    addUpTo,
  };
}
