/** Keys, each with the time at which it is due; the earliest first. */
export interface DueQueue<Key> {
  readonly size: number;
  /** Sets when the key is due; a key has one time, the last that was set. Milliseconds UTC. */
  set(key: Key, dueMs: number): void;
  /** Takes out the earliest key that is due at `nowMs`; `undefined` when none is. */
  take(nowMs: number): Key | undefined;
  delete(key: Key): void;
}

/** A key and its times. */
interface Item<Key> {
  readonly key: Key;
  /** Its place in the heap. */
  heapedMs: number;
  /** Never earlier than its place in the heap; `undefined`: it is not due any more. */
  dueMs: number | undefined;
}

/**
 * A binary heap that holds a key once. Putting a time off costs nothing: the heap learns of it when the old time
 * comes, so clients that renew all day do not make it grow.
 */
export function createDueQueue<Key>(): DueQueue<Key> {
  const heap: Item<Key>[] = [];
  /** An item of the heap that is not here is left over: its key became due sooner, and has another one. */
  const items = new Map<Key, Item<Key>>();
  let size = 0;

  /** Takes `item`, the earliest, out, or puts it where it is due later. Returns its key when it is due now. */
  function settle(item: Item<Key>, nowMs: number): Key | undefined {
    const { key, dueMs } = item;
    pop(heap);
    if (items.get(key) !== item) return undefined;
    if (dueMs !== undefined && dueMs > nowMs) {
      item.heapedMs = dueMs;
      push(heap, item);
      return undefined;
    }
    items.delete(key);
    if (dueMs === undefined) return undefined;
    size--;
    return key;
  }

  return {
    get size() {
      return size;
    },

    set(key, dueMs) {
      const item = items.get(key);
      if (item?.dueMs === undefined) size++;
      if (item && item.heapedMs <= dueMs) {
        item.dueMs = dueMs;
        return;
      }
      const sooner = { key, heapedMs: dueMs, dueMs };
      items.set(key, sooner);
      push(heap, sooner);
    },

    take(nowMs) {
      for (let earliest = heap[0]; earliest && earliest.heapedMs <= nowMs; earliest = heap[0]) {
        const key = settle(earliest, nowMs);
        if (key !== undefined) return key;
      }
      return undefined;
    },

    delete(key) {
      const item = items.get(key);
      if (item?.dueMs === undefined) return;
      item.dueMs = undefined;
      size--;
    },
  };
}

function push<Key>(heap: Item<Key>[], item: Item<Key>): void {
  let at = heap.push(item) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (!above || above.heapedMs <= item.heapedMs) break;
    heap[at] = above;
    heap[parent] = item;
    at = parent;
  }
}

/** Takes the earliest item out. */
function pop<Key>(heap: Item<Key>[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const child = earlierChild(heap, at);
    const below = heap[child];
    if (!below || below.heapedMs >= last.heapedMs) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = last;
}

function earlierChild<Key>(heap: readonly Item<Key>[], at: number): number {
  const left = 2 * at + 1;
  const [one, other] = [heap[left], heap[left + 1]];
  return one && other && other.heapedMs < one.heapedMs ? left + 1 : left;
}
