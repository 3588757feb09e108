/** A limit on what goes on at the same time. */
export interface Places {
  /** Waits for a free place, does it, and gives the place to whoever waits longest. */
  readonly take: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

export function createPlaces(count: number): Places {
  const waiting: (() => void)[] = [];
  let free = count;

  return {
    async take(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}
