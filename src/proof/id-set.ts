/** Remembers ids that were seen, exactly, in some 30 octets each. */
export interface IdSet {
  /** Whether the id was not there yet. @param id a UUID, with or without dashes */
  add(id: string): boolean;
}

/** 32-bit words of an id. */
const words = 4;

/** A table of ids by open addressing: a slot of four words, all 0 while it is free. */
export function createIdSet(): IdSet {
  let table = new Uint32Array(1024 * words);
  let count = 0;
  let hasZero = false;
  const octets = Buffer.alloc(words * 4);
  const id = new Uint32Array(octets.buffer, octets.byteOffset, words);

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
    add(text) {
      octets.write(text.length === 32 ? text : text.replaceAll("-", ""), "hex");
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
