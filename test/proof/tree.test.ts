import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyRoot } from "../../src/proof/merkle.ts";
import { createTreeBuilder } from "../../src/proof/tree-builder.ts";
import vectors from "../fixtures/rfc6962-tree.json" with { type: "json" };
import { leavesOf, rootByDefinition } from "./tree.support.ts";

describe("building a tree", () => {
  test("gives the published roots, from no leaf to eight", () => {
    const builder = createTreeBuilder();
    const roots = [builder.root()];
    for (const leaf of vectors.leaves) {
      builder.append(leaf);
      roots.push(builder.root());
    }
    expect(roots).toEqual(vectors.roots);
  });

  test("gives the published roots of large trees", () => {
    const builder = createTreeBuilder();
    for (const { size, root } of vectors.large) {
      for (let leaf = builder.size(); leaf < size; leaf++) {
        builder.append(Buffer.from([leaf & 0xff, leaf >> 8]).toString("hex"));
      }
      expect(Buffer.from(builder.root(), "hex").toString("base64")).toBe(root);
    }
  });

  test("goes on from its state as if it had never stopped", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (first, more) => {
        const whole = createTreeBuilder();
        for (const leaf of leavesOf(first)) whole.append(leaf);
        const state = JSON.parse(JSON.stringify(whole.state()));
        const resumed = createTreeBuilder({ state });
        for (const leaf of leavesOf(first + more).slice(first)) {
          whole.append(leaf);
          resumed.append(leaf);
        }
        expect(resumed.state()).toEqual(whole.state());
        expect(resumed.root()).toBe(rootByDefinition(leavesOf(first + more)));
      }),
    );
  });

  test.each([
    { size: 1, edge: [] },
    { size: -1, edge: [] },
    { size: 1.5, edge: [emptyRoot] },
    { size: 3, edge: [emptyRoot] },
    { size: 1, edge: ["00"] },
    { size: 2 ** 53, edge: [emptyRoot] },
  ])("refuses a state that is none: $size, $edge", (state) => {
    expect(() => createTreeBuilder({ state })).toThrow("are no edge of a tree");
  });

  test("tells each complete block once, with the hash that its leaves have", () => {
    const blocks = new Map<string, string>();
    const builder = createTreeBuilder({
      onBlock({ level, index }, hash) {
        expect(blocks.has(`${level}.${index}`)).toBe(false);
        blocks.set(`${level}.${index}`, hash);
      },
    });
    const leaves = leavesOf(100);
    for (const leaf of leaves) builder.append(leaf);
    expect(blocks.size).toBe(50 + 25 + 12 + 6 + 3 + 1);
    for (const [name, hash] of blocks) {
      const [level = 0, index = 0] = name.split(".").map(Number);
      const own = leaves.slice(index * 2 ** level, (index + 1) * 2 ** level);
      expect(hash).toBe(rootByDefinition(own));
    }
  });
});
