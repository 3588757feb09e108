/** A map that forgets what was not used for long, so that it never grows beyond a limit. */
export interface GenerationMap<Key, Value> {
  /** Counts as a use. */
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
  delete(key: Key): void;
  readonly size: number;
}

/**
 * Remembers at least the half of `sizeMax` entries that were used last, and at most `sizeMax`.
 *
 * Entries live in two generations; a use brings an entry into the younger one. When that one is full the older is
 * dropped whole, which costs nothing per entry, unlike a list of uses.
 */
export function createGenerationMap<Key, Value>(sizeMax: number): GenerationMap<Key, Value> {
  const generationMax = Math.floor(sizeMax / 2);
  let young = new Map<Key, Value>();
  let old = new Map<Key, Value>();

  /** The older generation may have the key, too: nobody looks there for one that the younger has. */
  function set(key: Key, value: Value): void {
    young.set(key, value);
    if (young.size < generationMax) return;
    old = young;
    young = new Map();
  }

  return {
    set,

    get(key) {
      const fresh = young.get(key);
      if (fresh !== undefined) return fresh;
      const value = old.get(key);
      if (value !== undefined) set(key, value);
      return value;
    },

    delete(key) {
      young.delete(key);
      old.delete(key);
    },

    get size() {
      return young.size + old.size;
    },
  };
}
