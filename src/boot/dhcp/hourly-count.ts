import { createGenerationMap } from "../generation-map.ts";

const hourMs = 3_600_000;

/** Counts what happened for each of many keys in an hour of its own. */
export interface HourlyCount<Key> {
  /** How often so far, in the hour that is running. */
  get(key: Key, nowMs: number): number;
  /** Once more. */
  add(key: Key, nowMs: number): void;
}

/** A key's hour begins with what is counted first. `keysMax`: a key that was not used for long begins anew. */
export function createHourlyCount<Key>(keysMax: number): HourlyCount<Key> {
  const hours = createGenerationMap<Key, { readonly beganMs: number; count: number }>(keysMax);

  function running(key: Key, nowMs: number) {
    const hour = hours.get(key);
    // A clock that was set back begins an hour, too: otherwise nothing would go on until it has caught up.
    return hour && nowMs - hour.beganMs < hourMs && nowMs >= hour.beganMs ? hour : undefined;
  }

  return {
    get: (key, nowMs) => running(key, nowMs)?.count ?? 0,
    add(key, nowMs) {
      const hour = running(key, nowMs);
      if (hour) hour.count++;
      else hours.set(key, { beganMs: nowMs, count: 1 });
    },
  };
}
