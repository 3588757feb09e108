/** Remembers ids that were seen, exactly, in some 30 octets each. */
export interface IdSet {
  /** Whether the id was not there yet. @param id a UUID, with or without dashes */
  add(id: string): boolean;
}

/** 32-bit words of an id. */
const words = 4;

/** The ids of one process rise: what comes behind all that were there is new, and is kept in its order. */
export function createIdSet(): IdSet {
  const rising = createRisingIds();
  const others = createIdTable();
  const octets = Buffer.alloc(words * 4);
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const id = new Uint32Array(words);

  return {
    add(text) {
      octets.write(text.length === 32 ? text : text.replaceAll("-", ""), "hex");
      for (let word = 0; word < words; word++) id[word] = view.getUint32(word * 4);
      return rising.push(id) || (!rising.has(id) && others.add(id));
    },
  };
}

/** Ids of which each is larger than all before it. */
function createRisingIds() {
  let list = new Uint32Array(1024 * words);
  let end = 0;

  return {
    /** Whether it is larger than all that are there, and was taken. */
    push(id: Uint32Array): boolean {
      if (end > 0 && compare(id, list, end - words) <= 0) return false;
      if (end === list.length) list = resized(list, end * 2);
      for (let word = 0; word < words; word++) list[end + word] = id[word] ?? 0;
      end += words;
      return true;
    },

    has(id: Uint32Array): boolean {
      let low = 0;
      for (let high = end / words; low < high; ) {
        const middle = (low + high) >>> 1;
        const order = compare(id, list, middle * words);
        if (order === 0) return true;
        if (order < 0) high = middle;
        else low = middle + 1;
      }
      return false;
    },
  };
}

/** Below 0 when the id is smaller than the one at a place of a list, above when it is larger. */
function compare(id: Uint32Array, list: Uint32Array, at: number): number {
  for (let word = 0; word < words; word++) {
    const difference = (id[word] ?? 0) - (list[at + word] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function resized(list: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length);
  larger.set(list);
  return larger;
}

/** A table of ids by open addressing: a slot of four words, all 0 while it is free. */
function createIdTable() {
  let table = new Uint32Array(1024 * words);
  let count = 0;
  let hasZero = false;

  function grow(): void {
    const larger = new Uint32Array(table.length * 2);
    for (let at = 0; at < table.length; at += words) {
      if (isFree(table, at)) continue;
      const entry = table.subarray(at, at + words);
      larger.set(entry, slotOf(larger, entry));
    }
    table = larger;
  }

  return {
    add(id: Uint32Array): boolean {
      if (isFree(id, 0)) {
        const isNew = !hasZero;
        hasZero = true;
        return isNew;
      }
      const at = slotOf(table, id);
      if (!isFree(table, at)) return false;
      table.set(id, at);
      count++;
      // Three quarters full.
      if (count * words * 4 > table.length * 3) grow();
      return true;
    },
  };
}

/** Where the id is, or is to be. The last word of an id is random, unless somebody made it otherwise. */
function slotOf(table: Uint32Array, id: Uint32Array): number {
  const first = id[0] ?? 0;
  const second = id[1] ?? 0;
  const third = id[2] ?? 0;
  const fourth = id[3] ?? 0;
  const mask = table.length - 1;
  const start = fourth ^ Math.imul(first ^ second ^ third, 0x9e3779b1);
  for (let at = (start * words) & mask; ; at = (at + words) & mask) {
    const isSame = table[at] === first && table[at + 1] === second && table[at + 2] === third;
    if ((isSame && table[at + 3] === fourth) || isFree(table, at)) return at;
  }
}

function isFree(table: Uint32Array, at: number): boolean {
  return table[at] === 0 && table[at + 1] === 0 && table[at + 2] === 0 && table[at + 3] === 0;
}
