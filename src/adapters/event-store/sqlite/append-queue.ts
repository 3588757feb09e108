import type { MessagePort } from "node:worker_threads";
import type { Append } from "./writer.ts";

/** Most events in one transaction: some 10 ms, which bounds what a single append waits for the others. */
export const batchEvents = 512;

/** An append, and where its answer goes. */
export interface QueuedAppend {
  readonly port: MessagePort;
  readonly call: number;
  readonly append: Append;
  /** When it arrived, milliseconds of the steady clock. */
  readonly arrivedMs: number;
}

/** Appends in the order in which they came. */
export interface AppendQueue {
  push(queued: QueuedAppend): void;
  /**
   * The first ones, with at most `batchEvents` events, but at least one append; none when the queue is empty.
   */
  takeBatch(): readonly QueuedAppend[];
  isEmpty(): boolean;
  /** How many appends wait. */
  size(): number;
}

export function createAppendQueue(): AppendQueue {
  let queue: QueuedAppend[] = [];

  return {
    push: (queued) => void queue.push(queued),
    isEmpty: () => queue.length === 0,
    size: () => queue.length,

    takeBatch() {
      let events = 0;
      const over = queue.findIndex(({ append }, index) => {
        events += append.events.length;
        return index > 0 && events > batchEvents;
      });
      const batch = over === -1 ? queue : queue.slice(0, over);
      queue = over === -1 ? [] : queue.slice(over);
      return batch;
    },
  };
}
