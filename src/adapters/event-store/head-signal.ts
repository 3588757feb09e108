/** Tells those who wait that the log has grown or closed. */
export interface HeadSignal {
  /** How often it was raised. Taken before a read, so that what comes during the read is not missed. */
  readonly count: number;
  raise(): void;
  /** Resolves once raised more often than `count` says, or when `signal` aborts. */
  after(count: number, signal: AbortSignal): Promise<void>;
}

export function createHeadSignal(): HeadSignal {
  const waiting = new Set<() => void>();
  let count = 0;

  return {
    get count() {
      return count;
    },

    raise() {
      count++;
      for (const wake of waiting) wake();
    },

    after(seen, signal) {
      if (count !== seen || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        function wake() {
          waiting.delete(wake);
          signal.removeEventListener("abort", wake);
          resolve();
        }
        waiting.add(wake);
        signal.addEventListener("abort", wake);
      });
    },
  };
}
