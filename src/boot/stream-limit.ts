import type { MacAddress } from "../domain/values/mac-address.ts";
import { createGenerationMap } from "./generation-map.ts";

const hourMs = 3_600_000;

/** Most interfaces that are remembered as admitted. */
const admittedMax = 100_000;

/** Keeps whoever makes up MAC addresses from filling the log with streams. */
export interface StreamLimit {
  /** Whether the interface may be recorded; a new one counts towards the hour. */
  admit(mac: MacAddress, nowMs: number): boolean;
  /** As `admit`, without counting. */
  wouldAdmit(mac: MacAddress, nowMs: number): boolean;
}

/** An interface that was admitted stays so. The hours are the limit's own, from the first admission on. */
export function createStreamLimit(newPerHour: number): StreamLimit {
  const admitted = createGenerationMap<MacAddress, true>(admittedMax);
  let hourBeganMs = 0;
  let admittedThisHour = 0;

  function isHourOver(nowMs: number): boolean {
    return nowMs - hourBeganMs >= hourMs || nowMs < hourBeganMs;
  }

  function wouldAdmit(mac: MacAddress, nowMs: number): boolean {
    return admitted.get(mac) === true || isHourOver(nowMs) || admittedThisHour < newPerHour;
  }

  return {
    wouldAdmit,

    admit(mac, nowMs) {
      if (admitted.get(mac)) return true;
      if (!wouldAdmit(mac, nowMs)) return false;
      if (isHourOver(nowMs)) {
        hourBeganMs = nowMs;
        admittedThisHour = 0;
      }
      admittedThisHour++;
      admitted.set(mac, true);
      return true;
    },
  };
}
