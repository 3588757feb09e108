import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createExportCheck } from "../../src/proof/check-export.ts";
import { openCheckpoint, signCheckpoint } from "../../src/proof/checkpoint.ts";
import { endLine, eventLine, headerLine } from "../../src/proof/export-format.ts";
import { createFindingList, findingTexts } from "../../src/proof/findings.ts";
import { leafHash, nodeHash } from "../../src/proof/merkle.ts";
import { keyPair, parseSignerKey, parseVerifierKey } from "../../src/proof/note-keys.ts";
import { createTreeBuilder, emptyTree } from "../../src/proof/tree-builder.ts";
import vectors from "../fixtures/event-hash.json" with { type: "json" };

const page = readFileSync(join(import.meta.dirname, "../../docs/reference/log-proof.md"), "utf8");

/** The block of that kind, with its last line feed. */
function block(kind: string): string {
  return new RegExp(`\`\`\`${kind}\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? "";
}

const origin = "ironledger.example/log";
const chain = vectors.chains.find(({ events }) => events.length === 3)?.events ?? [];
const hashes = block("leaves").trim().split("\n");
const root = block("hashes").trim().split("\n").at(-1) ?? "";
const [signerKey = "", verifierKey = ""] = block("keys").trim().split("\n");

describe("the reference of what proves the log", () => {
  test("has the hashes of the published events, and the tree over them", () => {
    expect(hashes).toEqual(chain.map(({ hash }) => hash));
    const leaves = hashes.map(leafHash);
    const [first = "", second = "", third = ""] = leaves;
    const node = nodeHash(first, second);
    expect(block("hashes").trim().split("\n")).toEqual([...leaves, node, nodeHash(node, third)]);
    const tree = createTreeBuilder();
    for (const hash of hashes) tree.append(hash);
    expect(tree.root()).toBe(root);
  });

  test("has the keys of the seed, and what they sign", () => {
    const seed = Uint8Array.from({ length: 32 }, (_, index) => index);
    expect(keyPair(origin, seed)).toEqual({ signerKey, verifierKey });
    const checkpoint = { origin, size: 3, root, extensions: [] };
    expect(block("checkpoint")).toBe(signCheckpoint(checkpoint, [parseSignerKey(signerKey)]));
    const note = Buffer.from(block("checkpoint"));
    expect(openCheckpoint(note, [parseVerifierKey(verifierKey)])).toMatchObject(checkpoint);
  });

  test("has the file of these events, in which nothing wrong is found", () => {
    const log = { logId: "0123456789abcdef", incarnation: "000100000000" };
    const lines = chain.map(({ canonicalData: data, canonicalMeta: meta, ...event }, index) => {
      const position = `${log.logId}.${log.incarnation}.${String(index + 1).padStart(16, "0")}`;
      return eventLine(position, {
        event: { ...event, data, meta, position: index + 1 },
        previous: undefined,
      });
    });
    const first = headerLine({ ...log, before: emptyTree, through: 3 });
    const expected = [first, ...lines, endLine({ ...log, count: 3, root })];
    expect(block("export").trim().split("\n")).toEqual(expected);

    const findings = createFindingList();
    const note = Buffer.from(block("checkpoint"));
    const checkpoints = [openCheckpoint(note, [parseVerifierKey(verifierKey)])];
    const check = createExportCheck({ checkpoints, findings });
    for (const line of expected) check.add(line);
    expect(check.end()).toMatchObject({ ...log, size: 3, vouched: 3, findings: [] });
  });

  test("explains every word that a finding has, and no other", () => {
    const explained = [...page.matchAll(/^\| `([A-Z_]+)` \| (.+) \|$/gm)].map(([, word, text]) => [
      word,
      text,
    ]);
    expect(explained).toEqual(Object.entries(findingTexts));
  });
});
