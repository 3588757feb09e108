import { hash } from "node:crypto";
import { emptyRoot, type Hash, isHash } from "./merkle.ts";

/** A tree that more leaves can be appended to. It is JSON, and grows with the logarithm of the size. */
export interface TreeState {
  /** How many leaves it has. */
  readonly size: number;
  /** The hashes of the complete blocks that make up the tree, from left to right: one for each bit of the size. */
  readonly edge: readonly Hash[];
}

/** The tree without a leaf. */
export const emptyTree: TreeState = { size: 0, edge: [] };

/** A complete block: the 2^level leaves from leaf `index` * 2^level on. A leaf is a block of level 0. */
export interface Block {
  readonly level: number;
  readonly index: number;
}

/** Makes the tree of RFC 6962 s. 2.1 from its leaves, in their order. */
export interface TreeBuilder {
  /** @param data in hex, of any length; for a log of events, the hash of an event */
  append(data: string): void;
  size(): number;
  root(): Hash;
  state(): TreeState;
}

export interface TreeBuilderOptions {
  /** Where to go on from. (Default: the tree without a leaf) */
  readonly state?: TreeState;
  /** Told of each block of level 1 or more as it becomes complete: it never changes again, so it may be kept. */
  readonly onBlock?: (block: Block, hash: Hash) => void;
}

/** @throws Error when the state is none */
export function createTreeBuilder({ state = emptyTree, onBlock }: TreeBuilderOptions = {}): TreeBuilder {
  checkState(state);
  let { size } = state;
  const edge = state.edge.map((hex) => Buffer.from(hex, "hex").toString("latin1"));
  const { hashLeaf, hashNode } = createHasher();

  return {
    append(data) {
      let top = hashLeaf(data);
      let level = 0;
      for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
        top = hashNode(edge.pop() ?? "", top);
        level++;
        onBlock?.({ level, index: (rest - 1) / 2 }, hexOf(top));
      }
      edge.push(top);
      size++;
    },

    size: () => size,

    root() {
      if (edge.length === 0) return emptyRoot;
      return hexOf(edge.reduceRight((right, left) => hashNode(left, right)));
    },

    state: () => ({ size, edge: edge.map(hexOf) }),
  };
}

/** Hashes of leaves and nodes as Latin-1 text, which is passed on in half the time of hex. */
function createHasher() {
  const eventLeaf = Buffer.alloc(33);
  const node = Buffer.alloc(65, 1);
  return {
    hashLeaf(data: string): string {
      if (data.length !== 64) return hash("sha256", Buffer.from(`00${data}`, "hex"), "binary");
      eventLeaf.write(data, 1, "hex");
      return hash("sha256", eventLeaf, "binary");
    },
    hashNode(left: string, right: string): string {
      node.write(left, 1, "latin1");
      node.write(right, 33, "latin1");
      return hash("sha256", node, "binary");
    },
  };
}

function hexOf(octets: string): Hash {
  return Buffer.from(octets, "latin1").toString("hex");
}

function checkState({ size, edge }: TreeState): void {
  let blocks = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) blocks += rest % 2;
  if (Number.isSafeInteger(size) && size >= 0 && edge.length === blocks && edge.every(isHash)) return;
  throw new Error(`${edge.length} hashes are no edge of a tree of ${size} leaves`);
}
