import { type Hash, splitOf } from "./merkle.ts";
import { type LeafRange, rangeHash, type TreeSource } from "./tree-source.ts";

/**
 * Proves that a leaf is in the tree of the first `size` leaves: the hashes beside the way from the leaf up to the
 * root (RFC 6962 s. 2.1.1).
 *
 * @throws RangeError when there is no such leaf
 */
export async function proveInclusion(
  source: TreeSource,
  { index, size }: { readonly index: number; readonly size: number },
): Promise<readonly Hash[]> {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    throw new RangeError(`a tree of ${size} leaves has no leaf ${index}`);
  }
  return hashesOf(source, besideLeaf(index, size));
}

/**
 * Proves that the tree of the first `to` leaves continues the one of the first `from` leaves (RFC 6962 s. 2.1.2).
 * Nothing is to be proven, and the proof is empty, when `from` is 0 or both are the same.
 *
 * @throws RangeError when `from` is larger than `to`
 */
export async function proveConsistency(
  source: TreeSource,
  { from, to }: LeafRange,
): Promise<readonly Hash[]> {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || from > to) {
    throw new RangeError(`a tree of ${to} leaves does not continue one of ${from}`);
  }
  return hashesOf(source, from === 0 ? [] : besidePrefix(from, to));
}

async function hashesOf(source: TreeSource, ranges: readonly LeafRange[]): Promise<readonly Hash[]> {
  const hashes: Hash[] = [];
  for (const range of ranges) hashes.push(await rangeHash(source, range));
  return hashes;
}

/** What hangs beside the way from a leaf to the root, from the bottom up. */
function besideLeaf(index: number, size: number): readonly LeafRange[] {
  const beside: LeafRange[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    beside.unshift(index < middle ? { from: middle, to } : { from, to: middle });
    if (index < middle) to = middle;
    else from = middle;
  }
  return beside;
}

/**
 * What hangs beside the way to the last leaf of a smaller tree, from the bottom up, and first the lowest node that
 * both trees have there. When that is all of the smaller tree, who verifies has it already.
 */
function besidePrefix(size: number, whole: number): readonly LeafRange[] {
  const beside: LeafRange[] = [];
  let [from, to] = [0, whole];
  while (to !== size) {
    const middle = from + splitOf(to - from);
    beside.unshift(size <= middle ? { from: middle, to } : { from, to: middle });
    if (size <= middle) to = middle;
    else from = middle;
  }
  return from === 0 ? beside : [{ from, to }, ...beside];
}
