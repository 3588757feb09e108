/** Work that is done in turn. */
export interface Turns {
  /** Runs after what was handed in before for the same key, and when fewer than the most are at work. */
  run<Result>(key: string, work: () => Promise<Result>): Promise<Result>;
  /** Resolves when all that was handed in is done. */
  idle(): Promise<void>;
}

/** @param atOnceMax how many may be at work, with different keys */
export function createTurns(atOnceMax: number): Turns {
  const last = new Map<string, Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let working = 0;

  async function enter(): Promise<void> {
    if (working >= atOnceMax) await new Promise<void>((enter) => waiting.push(enter));
    else working++;
  }

  /** Hands the place on without giving it up in between. */
  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else working--;
  }

  async function inTurn<Result>(before: Promise<unknown>, work: () => Promise<Result>): Promise<Result> {
    await before;
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  }

  return {
    run(key, work) {
      const result = inTurn(last.get(key) ?? Promise.resolve(), work);
      const done = result
        .catch(() => undefined)
        .then(() => {
          if (last.get(key) === done) last.delete(key);
        });
      last.set(key, done);
      return result;
    },

    async idle() {
      while (last.size > 0) await Promise.all(last.values());
    },
  };
}
