import { abortWith } from "../../abort-with.ts";

/**
 * What a generator yields, for somebody who may leave while it waits: a generator that waits cannot be told to
 * return, but the signal that it is given can tell it. That one aborts with `signal`, or when they leave.
 */
export function stoppable<Item>(
  signal: AbortSignal,
  generate: (signal: AbortSignal) => AsyncGenerator<Item, void>,
): AsyncIterable<Item> {
  return {
    [Symbol.asyncIterator]() {
      const stop = abortWith(signal);
      const items = generate(stop.signal);
      return {
        next: () => items.next(),
        return() {
          stop.abort();
          return items.return();
        },
      };
    },
  };
}
