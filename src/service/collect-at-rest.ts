import { performance } from "node:perf_hooks";
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

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
  readonly collect?: () => void;
}

/**
 * Gives memory back to the system once this thread rests after much work. V8 collects when it needs room, and after a
 * storm of boots it needs none: several hundred MB would stay taken. The thread stands still for some 0.1 s then, in
 * which a packet waits; never under load.
 *
 * Returns what is to be called now and then.
 */
export function collector(options: CollectorOptions = {}): () => void {
  const { heapBytes = heapOfThread, busyShare = createBusyShare(), collect = createCollect() } = options;
  let left = heapBytes();
  return () => {
    const isAtRest = busyShare() < restShare;
    const taken = heapBytes();
    left = Math.min(left, taken);
    if (!isAtRest || taken - left < growthBytes) return;
    collect();
    left = heapBytes();
  };
}

/** Does so for the thread that calls it, as long as it lives. */
export function collectAtRest(): void {
  setInterval(collector(), lookEveryMs).unref();
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

/** Node has V8's collector only for those who ask at the start, and V8 for those who ask later, in a new context. */
function createCollect(): () => void {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as (how: {
    type: "major";
    execution: "sync";
    flavor: "last-resort";
  }) => void;
  return () => gc({ type: "major", execution: "sync", flavor: "last-resort" });
}
