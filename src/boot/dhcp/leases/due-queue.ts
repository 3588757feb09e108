/** Keys, each with the time at which it is due; the earliest first. */
export interface DueQueue<Key> {
  readonly size: number;
  /** Sets when the key is due; a key has one time, the last that was set. Milliseconds UTC. */
  set(key: Key, dueMs: number): void;
  /** Takes out the earliest key that is due at `nowMs`; `undefined` when none is. */
  take(nowMs: number): Key | undefined;
  delete(key: Key): void;
}

interface Item<Key> {
  readonly key: Key;
  readonly dueMs: number;
}

/**
 * A binary heap that holds a key once. Putting a time off costs nothing: the heap learns of it when the old time
 * comes, so clients that renew all day do not make it grow.
 */
export function createDueQueue<Key>(): DueQueue<Key> {
  const heap: Item<Key>[] = [];
  const dueOf = new Map<Key, number>();
  /** The time under which the heap holds the key; other items of the key are left over. */
  const heapedAt = new Map<Key, number>();

  function push(item: Item<Key>): void {
    heapedAt.set(item.key, item.dueMs);
    let at = heap.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (!above || above.dueMs <= item.dueMs) break;
      heap[at] = above;
      heap[parent] = item;
      at = parent;
    }
  }

  function pop(): void {
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const child = earlierChild(heap, at);
      const below = heap[child];
      if (!below || below.dueMs >= last.dueMs) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
  }

  /** Drops the earliest item; what its key is due at later goes back in. Returns the key when it is due now. */
  function settle({ key, dueMs }: Item<Key>, nowMs: number): Key | undefined {
    pop();
    if (heapedAt.get(key) !== dueMs) return undefined;
    heapedAt.delete(key);
    const wanted = dueOf.get(key);
    if (wanted === undefined) return undefined;
    if (wanted > nowMs) {
      push({ key, dueMs: wanted });
      return undefined;
    }
    dueOf.delete(key);
    return key;
  }

  return {
    get size() {
      return dueOf.size;
    },

    set(key, dueMs) {
      dueOf.set(key, dueMs);
      const heaped = heapedAt.get(key);
      if (heaped === undefined || dueMs < heaped) push({ key, dueMs });
    },

    take(nowMs) {
      for (let earliest = heap[0]; earliest && earliest.dueMs <= nowMs; earliest = heap[0]) {
        const key = settle(earliest, nowMs);
        if (key !== undefined) return key;
      }
      return undefined;
    },

    delete(key) {
      dueOf.delete(key);
    },
  };
}

function earlierChild<Key>(heap: readonly Item<Key>[], at: number): number {
  const left = 2 * at + 1;
  const [one, other] = [heap[left], heap[left + 1]];
  return one && other && other.dueMs < one.dueMs ? left + 1 : left;
}
