import { emptyRoot, type Hash, isHash, leafHash, nodeHash } from "./merkle.ts";

/** A tree as somebody vouches for it: a signed checkpoint says both. */
export interface TreeHead {
  /** How many leaves it has. */
  readonly size: number;
  readonly root: Hash;
}

export interface InclusionClaim extends TreeHead {
  readonly index: number;
  /** The leaf's data in hex; for a log of events, the hash of an event. */
  readonly data: string;
  readonly proof: readonly Hash[];
}

/** Most hashes in a proof: two for each level of the largest tree. What is longer is not looked at. */
const proofHashesMax = 2 * 53;

/**
 * Whether the proof shows that the leaf is in the tree (RFC 9162 s. 2.1.3.2). Takes whatever a stranger sends.
 *
 * The size is believed as it is given: it must come from where the root comes from.
 */
export function verifyInclusion({ index, size, root, data, proof }: InclusionClaim): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || !isProof(proof) || !isOctets(data)) return false;
  const way = { at: index, last: size - 1 };
  let hash = leafHash(data);
  for (const beside of proof) {
    if (way.last === 0) return false;
    hash = isRight(way) ? nodeHash(beside, hash) : nodeHash(hash, beside);
    ascend(way);
  }
  return way.last === 0 && hash === root;
}

export interface ConsistencyClaim {
  readonly first: TreeHead;
  readonly second: TreeHead;
  readonly proof: readonly Hash[];
}

/**
 * Whether the proof shows that the first leaves of the second tree are all the leaves of the first
 * (RFC 9162 s. 2.1.4.2). Takes whatever a stranger sends.
 */
export function verifyConsistency({ first, second, proof }: ConsistencyClaim): boolean {
  if (!isHead(first) || !isHead(second) || first.size > second.size || !isProof(proof)) return false;
  if (first.size === second.size) return proof.length === 0 && first.root === second.root;
  if (first.size === 0) return proof.length === 0 && first.root === emptyRoot;

  const way = { at: first.size - 1, last: second.size - 1 };
  while (way.at % 2 === 1) halve(way);
  // A smaller tree that is one complete block is a node of the larger one: its root stands for itself.
  const roots = climb(way, way.at === 0 ? [first.root, ...proof] : proof);
  return roots?.first === first.root && roots.second === second.root;
}

/** The roots that a proof leads to in both trees, from the lowest node that both have; `undefined`: to none. */
function climb(way: Way, [start, ...rest]: readonly Hash[]) {
  if (start === undefined) return undefined;
  let [first, second] = [start, start];
  for (const beside of rest) {
    if (way.last === 0) return undefined;
    if (isRight(way)) {
      first = nodeHash(beside, first);
      second = nodeHash(beside, second);
    } else {
      second = nodeHash(second, beside);
    }
    ascend(way);
  }
  return way.last === 0 ? { first, second } : undefined;
}

/** A node on the way up: its place in its level, and the last place of the level. */
interface Way {
  at: number;
  last: number;
}

/** Whether the other hash is on the left: the node is a right one, or the last of its level has nothing beside it. */
function isRight({ at, last }: Way): boolean {
  return at % 2 === 1 || at === last;
}

function halve(way: Way): void {
  way.at = Math.floor(way.at / 2);
  way.last = Math.floor(way.last / 2);
}

/** To the level of the node that was just made: the last of a level skips those in which it stands alone. */
function ascend(way: Way): void {
  if (isRight(way)) while (way.at % 2 === 0 && way.at !== 0) halve(way);
  halve(way);
}

function isHead({ size, root }: TreeHead): boolean {
  return isSize(size) && isHash(root);
}

function isSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

function isProof(proof: readonly Hash[]): boolean {
  return proof.length <= proofHashesMax && proof.every(isHash);
}

function isOctets(hex: string): boolean {
  return /^(?:[0-9a-f]{2})*$/.test(hex);
}
