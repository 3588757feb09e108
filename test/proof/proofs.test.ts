import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { proveConsistency, proveInclusion } from "../../src/proof/make-proof.ts";
import { createTreeBuilder } from "../../src/proof/tree-builder.ts";
import { leavesPerRead, rootAt } from "../../src/proof/tree-source.ts";
import { verifyConsistency, verifyInclusion } from "../../src/proof/verify-proof.ts";
import vectors from "../fixtures/rfc6962-tree.json" with { type: "json" };
import {
  continuedByDefinition,
  countingSource,
  flipped,
  headOf,
  leavesOf,
  pathByDefinition,
  rootByDefinition,
  sourceOf,
} from "./tree.support.ts";

describe("making proofs", () => {
  const source = sourceOf(vectors.leaves);

  test.each(vectors.inclusion)("gives the published path of leaf $index of $size", async (vector) => {
    const { index, size, proof } = vector;
    expect(await proveInclusion(source, { index, size })).toEqual(proof);
    const claim = { index, size, root: vectors.roots[size] ?? "", data: vectors.leaves[index] ?? "", proof };
    expect(verifyInclusion(claim)).toBe(true);
  });

  test.each(vectors.consistency)("gives the published proof from $from to $to", async ({
    from,
    to,
    proof,
  }) => {
    expect(await proveConsistency(source, { from, to })).toEqual(proof);
    const first = { size: from, root: vectors.roots[from] ?? "" };
    expect(verifyConsistency({ first, second: { size: to, root: vectors.roots[to] ?? "" }, proof })).toBe(
      true,
    );
  });

  test.each([
    [() => proveInclusion(source, { index: 8, size: 8 }), "has no leaf 8"],
    [() => proveInclusion(source, { index: -1, size: 8 }), "has no leaf -1"],
    [() => proveInclusion(source, { index: 0.5, size: 8 }), "has no leaf 0.5"],
    [() => proveConsistency(source, { from: 9, to: 8 }), "does not continue one of 9"],
    [() => proveConsistency(source, { from: -1, to: 8 }), "does not continue one of -1"],
    [() => rootAt(source, 9), "the source has 0 of the 1 leaves from leaf 8 on"],
  ])("refuses what no tree has", async (make, message) => {
    await expect(make()).rejects.toThrow(message);
  });

  test("reads few leaves where blocks are kept, and never many at once", async () => {
    const leaves = leavesOf(5_000);
    const kept = new Map<string, string>();
    const builder = createTreeBuilder({
      onBlock: ({ level, index }, hash) => void (level >= 6 && kept.set(`${level}.${index}`, hash)),
    });
    for (const leaf of leaves) builder.append(leaf);
    const sparse = countingSource(leaves, ({ level, index }) => kept.get(`${level}.${index}`));
    const proof = await proveInclusion(sparse, { index: 1_234, size: 5_000 });
    expect(sparse.read()).toBeLessThan(3 * 64);
    const bare = countingSource(leaves, () => undefined);
    expect(await proveInclusion(bare, { index: 1_234, size: 5_000 })).toEqual(proof);
    expect(bare.most()).toBeLessThanOrEqual(leavesPerRead);
    expect(
      verifyInclusion({ index: 1_234, size: 5_000, root: builder.root(), data: leaves[1_234] ?? "", proof }),
    ).toBe(true);
  });
});

const sizes = fc.integer({ min: 1, max: 130 });

describe("verifying an inclusion", () => {
  const claims = fc.tuple(sizes, fc.nat()).map(([size, choice]) => ({ size, index: choice % size }));

  test("takes the proof of every leaf of every tree, which is the one of RFC 6962 s. 2.1.1", async () => {
    await fc.assert(
      fc.asyncProperty(claims, async ({ size, index }) => {
        const leaves = leavesOf(size);
        const proof = await proveInclusion(sourceOf(leaves), { index, size });
        expect(proof).toEqual(pathByDefinition(index, leaves));
        const root = rootByDefinition(leaves);
        expect(verifyInclusion({ index, size, root, data: leaves[index] ?? "", proof })).toBe(true);
      }),
    );
  });

  test("refuses every other octet, index, leaf, root or number of hashes", async () => {
    await fc.assert(
      fc.asyncProperty(claims, fc.nat(), async ({ size, index }, choice) => {
        const leaves = leavesOf(size);
        const proof = await proveInclusion(sourceOf(leaves), { index, size });
        const good = { index, size, root: rootByDefinition(leaves), data: leaves[index] ?? "", proof };
        const wrong = [
          ...proof.map((_, at) => ({ ...good, proof: proof.with(at, flipped(proof[at] ?? "", choice)) })),
          ...leaves.flatMap((_, other) => (other === index ? [] : [{ ...good, index: other }])),
          { ...good, index: size },
          { ...good, root: flipped(good.root, choice) },
          { ...good, data: flipped(good.data, choice) },
          { ...good, data: good.data.slice(2) },
          { ...good, proof: [...proof, good.root] },
          { ...good, proof: [good.root, ...proof] },
          { ...good, size: size * 2 },
          ...(size > 1
            ? [
                { ...good, proof: proof.slice(1) },
                { ...good, proof: proof.slice(0, -1) },
              ]
            : []),
          ...(index < Math.floor(size / 2) ? [{ ...good, size: Math.floor(size / 2) }] : []),
        ];
        for (const claim of wrong) expect(verifyInclusion(claim)).toBe(false);
      }),
    );
  });

  test("never fails on what a stranger sends", () => {
    const anything = fc.record({
      index: fc.oneof(fc.double(), fc.nat()),
      size: fc.oneof(fc.double(), fc.nat()),
      root: fc.string(),
      data: fc.string(),
      proof: fc.array(fc.string()),
    });
    fc.assert(fc.property(anything, (claim) => !verifyInclusion(claim)));
  });
});

describe("verifying that a log was continued", () => {
  const pairs = fc.tuple(sizes, fc.nat()).map(([to, choice]) => ({ to, from: choice % (to + 1) }));

  test("takes the proof of every two trees, which is the one of RFC 6962 s. 2.1.2", async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async ({ from, to }) => {
        const leaves = leavesOf(to);
        const proof = await proveConsistency(sourceOf(leaves), { from, to });
        expect(proof).toEqual(from === 0 ? [] : continuedByDefinition(from, leaves, true));
        expect(verifyConsistency({ first: headOf(leaves, from), second: headOf(leaves, to), proof })).toBe(
          true,
        );
      }),
    );
  });

  test("refuses every other octet, root, smaller size or number of hashes", async () => {
    await fc.assert(
      fc.asyncProperty(pairs, fc.nat(), async ({ from, to }, choice) => {
        fc.pre(from > 0);
        const leaves = leavesOf(to);
        const proof = await proveConsistency(sourceOf(leaves), { from, to });
        const [first, second] = [headOf(leaves, from), headOf(leaves, to)];
        const good = { first, second, proof };
        const wrong = [
          ...proof.map((_, at) => ({ ...good, proof: proof.with(at, flipped(proof[at] ?? "", choice)) })),
          { ...good, first: { ...first, root: flipped(first.root, choice) } },
          { ...good, second: { ...second, root: flipped(second.root, choice) } },
          { ...good, first: { ...first, root: first.root.toUpperCase().replaceAll(/[0-9]/g, "G") } },
          { ...good, proof: [...proof, first.root] },
          { ...good, proof: [second.root, ...proof] },
          { ...good, first: { ...first, size: 0 } },
          { ...good, first: { ...first, size: to + 1 } },
          ...(from < to
            ? [
                { ...good, proof: proof.slice(0, -1) },
                { ...good, first: second, second: first },
              ]
            : []),
        ];
        for (const claim of wrong) expect(verifyConsistency(claim)).toBe(false);
      }),
    );
  });

  test("never fails on what a stranger sends", () => {
    const head = fc.record({ size: fc.oneof(fc.double(), fc.nat()), root: fc.string() });
    const anything = fc.record({ first: head, second: head, proof: fc.array(fc.string()) });
    fc.assert(fc.property(anything, (claim) => !verifyConsistency(claim)));
  });
});
