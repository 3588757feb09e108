import { emptyRoot, leafHash, nodeHash, splitOf } from "../../src/proof/merkle.ts";
import type { Block } from "../../src/proof/tree-builder.ts";
import type { TreeSource } from "../../src/proof/tree-source.ts";

/** Leaves of 32 octets, no two the same. */
export function leavesOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => leafHash(index.toString(16).padStart(8, "0")));
}

export function sourceOf(leaves: readonly string[]): TreeSource {
  return { block: () => undefined, leaves: (from, to) => leaves.slice(from, to) };
}

export function countingSource(leaves: readonly string[], block: (block: Block) => string | undefined) {
  let [read, most] = [0, 0];
  return {
    block: async (wanted: Block) => block(wanted),
    async leaves(from: number, to: number) {
      read += to - from;
      most = Math.max(most, to - from);
      return leaves.slice(from, to);
    },
    read: () => read,
    most: () => most,
  };
}

export function headOf(leaves: readonly string[], size: number) {
  return { size, root: rootByDefinition(leaves.slice(0, size)) };
}

/** One octet another. */
export function flipped(hex: string, choice: number): string {
  const octets = Buffer.from(hex, "hex");
  const at = choice % octets.length;
  octets[at] = (octets[at] ?? 0) ^ (1 << (choice % 8));
  return octets.toString("hex");
}

/** MTH of RFC 6962 s. 2.1, as it is written there. */
export function rootByDefinition(leaves: readonly string[]): string {
  if (leaves.length === 0) return emptyRoot;
  if (leaves.length === 1) return leafHash(leaves[0] ?? "");
  const split = splitOf(leaves.length);
  return nodeHash(rootByDefinition(leaves.slice(0, split)), rootByDefinition(leaves.slice(split)));
}

/** PATH of RFC 6962 s. 2.1.1, as it is written there. */
export function pathByDefinition(index: number, leaves: readonly string[]): readonly string[] {
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...pathByDefinition(index, left), rootByDefinition(right)]
    : [...pathByDefinition(index - split, right), rootByDefinition(left)];
}

/** SUBPROOF of RFC 6962 s. 2.1.2, as it is written there. */
export function continuedByDefinition(
  size: number,
  leaves: readonly string[],
  isComplete: boolean,
): readonly string[] {
  if (size === leaves.length) return isComplete ? [] : [rootByDefinition(leaves)];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return size <= split
    ? [...continuedByDefinition(size, left, isComplete), rootByDefinition(right)]
    : [...continuedByDefinition(size - split, right, false), rootByDefinition(left)];
}
