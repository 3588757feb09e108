/** Something that was started and has to be stopped. */
export interface Part {
  /** For people: "the log". */
  readonly name: string;
  /**
   * Takes nothing new and finishes what is under way, for at most `graceMs` where that can take long. Resolves to
   * what was cut off, in words.
   */
  stop(graceMs: number): Promise<readonly string[]>;
}

/** Left for closing files when everything else has taken all the time there is, milliseconds. */
const closingMs = 1_500;

/**
 * Stops the parts one after the other, the last one first. Resolves to what was cut off, or, as soon as the time is
 * up, to what was not done by then.
 *
 * @throws Error of the first part that cannot be stopped
 */
export async function stopParts(parts: readonly Part[], deadlineMs: number): Promise<readonly string[]> {
  const { promise: timeIsUp, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, deadlineMs);
  const endMs = performance.now() + deadlineMs;
  const cutOff: string[] = [];
  const left = [...parts];

  async function stopAll(): Promise<void> {
    for (let part = left.at(-1); part; part = left.at(-1)) {
      const graceMs = Math.max(0, endMs - performance.now() - closingMs);
      cutOff.push(...(await part.stop(graceMs)));
      left.pop();
    }
  }
  try {
    await Promise.race([stopAll(), timeIsUp]);
    return [...cutOff, ...left.toReversed().map(({ name }) => name)];
  } finally {
    clearTimeout(timer);
  }
}

/** A part of which nothing is cut off. */
export function part(name: string, stop: () => Promise<unknown>): Part {
  return {
    name,
    async stop() {
      await stop();
      return [];
    },
  };
}
