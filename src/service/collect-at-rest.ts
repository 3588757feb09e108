import { Session } from "node:inspector/promises";
import { performance } from "node:perf_hooks";
import { getHeapStatistics } from "node:v8";

/** How often is looked, milliseconds. */
const lookEveryMs = 5_000;

/** A thread that was busy for less of that time is at rest. */
const restShare = 0.02;

/** Growth since the last time that is worth it, octets. */
const growthBytes = 24 * 1024 * 1024;

/** What is left of a heap, or was to begin with. */
export interface CollectorOptions {
  /** Octets that the heap of this thread takes of the system. (Default: what V8 says) */
  readonly heapBytes?: () => number;
  /** Part of the time since the last question in which this thread was busy. (Default: what Node says) */
  readonly busyShare?: () => number;
  /** Gives back what can be given back. (Default: V8's collector, thoroughly) */
  readonly collect?: () => Promise<void>;
}

/**
 * Gives memory back to the system once this thread rests after much work. V8 collects when it needs room, and after a
 * storm of boots it needs none: several hundred MB would stay taken. The thread stands still for some 0.1 s then, in
 * which a packet waits; never under load.
 *
 * Returns what is to be called now and then.
 */
export function collector(options: CollectorOptions = {}): () => Promise<void> {
  const { heapBytes = heapOfThread, busyShare = createBusyShare(), collect = collectThoroughly } = options;
  let left = heapBytes();
  return async () => {
    const isAtRest = busyShare() < restShare;
    const taken = heapBytes();
    left = Math.min(left, taken);
    if (!isAtRest || taken - left < growthBytes) return;
    await collect();
    left = heapBytes();
  };
}

/** Does so for the thread that calls it, as long as it lives. `onError`: memory could not be given back. */
export function collectAtRest(onError: (error: unknown) => void): void {
  const look = collector();
  setInterval(() => void look().catch(onError), lookEveryMs).unref();
}

function heapOfThread(): number {
  return getHeapStatistics().total_physical_size;
}

function createBusyShare(): () => number {
  let before = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization;
  };
}

/** V8's collector in its most thorough form, which Node gives to debuggers alone. The thread is its own debugger here. */
async function collectThoroughly(): Promise<void> {
  const session = new Session();
  session.connect();
  try {
    await session.post("HeapProfiler.collectGarbage");
  } finally {
    session.disconnect();
  }
}
