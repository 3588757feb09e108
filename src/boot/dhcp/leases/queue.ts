/** First in, first out, in constant time however long it grows. */
export interface Queue<Item> {
  readonly length: number;
  push(item: Item): void;
  /** The oldest item, which stays; `undefined` when there is none. */
  peek(): Item | undefined;
  /** Takes the oldest item out; `undefined` when there is none. */
  shift(): Item | undefined;
}

/** Below this many taken items, moving the others to the front is not worth it. */
const compactFrom = 1024;

export function createQueue<Item>(): Queue<Item> {
  let items: Item[] = [];
  let head = 0;

  return {
    get length() {
      return items.length - head;
    },

    push(item) {
      items.push(item);
    },

    peek: () => items[head],

    shift() {
      if (head === items.length) return undefined;
      const item = items[head++];
      if (head >= compactFrom && head * 2 >= items.length) {
        items = items.slice(head);
        head = 0;
      }
      return item;
    },
  };
}
