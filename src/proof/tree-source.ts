import { emptyRoot, type Hash, nodeHash } from "./merkle.ts";
import { type Block, createTreeBuilder } from "./tree-builder.ts";

/** What a tree is read from, by whoever makes proofs: a store's leaves and what it keeps of their blocks. */
export interface TreeSource {
  /**
   * The hash of a complete block of level 1 or more; `undefined` when it is not kept, and is to be made of smaller
   * ones. Keeping those of level 8 and above makes a proof of any log out of a few thousand leaves at most.
   */
  block(block: Block): Hash | undefined | Promise<Hash | undefined>;
  /**
   * The data of the leaves from `from` up to, and without, `to`, in hex. Asked for at most `leavesPerRead` at once.
   */
  leaves(from: number, to: number): readonly string[] | Promise<readonly string[]>;
}

/** Leaves from `from` up to, and without, `to`. */
export interface LeafRange {
  readonly from: number;
  readonly to: number;
}

/** Levels of a block that is made of its leaves at once. */
const readLevel = 10;

/** Most leaves that are asked for at once. */
export const leavesPerRead = 2 ** readLevel;

/** The root of the tree's first `size` leaves. */
export async function rootAt(source: TreeSource, size: number): Promise<Hash> {
  return size === 0 ? emptyRoot : rangeHash(source, { from: 0, to: size });
}

/**
 * The hash of a range that is a node of the tree: its leaves fall into complete blocks of decreasing size.
 *
 * @throws Error when the source has fewer leaves
 */
export async function rangeHash(source: TreeSource, { from, to }: LeafRange): Promise<Hash> {
  const hashes: Hash[] = [];
  for (let at = from; at < to; ) {
    const block = largestBlock(at, to);
    hashes.push(await blockHash(source, block));
    at += 2 ** block.level;
  }
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

function largestBlock(from: number, to: number): Block {
  let level = 0;
  while (from % 2 ** (level + 1) === 0 && from + 2 ** (level + 1) <= to) level++;
  return { level, index: from / 2 ** level };
}

async function blockHash(source: TreeSource, block: Block): Promise<Hash> {
  const { level, index } = block;
  const kept = level > 0 ? await source.block(block) : undefined;
  if (kept !== undefined) return kept;
  if (level <= readLevel) return hashOfLeaves(source, block);
  const left = await blockHash(source, { level: level - 1, index: index * 2 });
  return nodeHash(left, await blockHash(source, { level: level - 1, index: index * 2 + 1 }));
}

async function hashOfLeaves(source: TreeSource, { level, index }: Block): Promise<Hash> {
  const count = 2 ** level;
  const from = index * count;
  const leaves = await source.leaves(from, from + count);
  if (leaves.length !== count) {
    throw new Error(`the source has ${leaves.length} of the ${count} leaves from leaf ${from} on`);
  }
  const builder = createTreeBuilder();
  for (const leaf of leaves) builder.append(leaf);
  return builder.root();
}
