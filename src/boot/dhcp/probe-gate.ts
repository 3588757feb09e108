import type { Ipv4 } from "../../domain/values/ipv4.ts";
import { createGenerationMap } from "../generation-map.ts";
import type { Probe, ProbeResult } from "./probe.ts";

/** How long it is believed that nobody uses an address, milliseconds: an offer and the request for it. */
const freeMs = 60_000;

/** How long it is believed that somebody does, or might, milliseconds. */
const inUseMs = 300_000;

const resultsMax = 10_000;
const runningMax = 64;

/** Lets addresses through that nobody uses. */
export interface ProbeGate {
  /** What is known of the address now; `"pending"`: nothing yet, and a probe is under way unless too many are. */
  check(address: Ipv4, nowMs: number): ProbeResult | "pending";
  /** What a probe found of late; `undefined`: none was made. Starts none. */
  known(address: Ipv4, nowMs: number): ProbeResult | undefined;
}

interface Result {
  readonly result: ProbeResult;
  readonly foundMs: number;
}

export function createProbeGate(probe: Probe, clock: () => Date): ProbeGate {
  const results = createGenerationMap<Ipv4, Result>(resultsMax);
  const running = new Set<Ipv4>();

  async function run(address: Ipv4): Promise<void> {
    running.add(address);
    // Who cannot tell says so.
    const result = await probe(address).catch(() => "silent" as const);
    running.delete(address);
    results.set(address, { result, foundMs: clock().getTime() });
  }

  function known(address: Ipv4, nowMs: number): ProbeResult | undefined {
    const found = results.get(address);
    if (!found) return undefined;
    const ageMs = nowMs - found.foundMs;
    // What a clock that was set back says of the future is not believed either.
    return 0 <= ageMs && ageMs < (found.result === "free" ? freeMs : inUseMs) ? found.result : undefined;
  }

  return {
    check(address, nowMs) {
      const result = known(address, nowMs);
      if (result) return result;
      if (!running.has(address) && running.size < runningMax) void run(address);
      return "pending";
    },

    known,
  };
}
