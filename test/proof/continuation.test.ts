import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Checkpoint, signCheckpoint } from "../../src/proof/checkpoint.ts";
import { continuationText, openContinuation } from "../../src/proof/continuation.ts";
import { proveConsistency } from "../../src/proof/make-proof.ts";
import { keyPair, NoteError, parseSignerKey, parseVerifierKey } from "../../src/proof/note-keys.ts";
import { headOf, leavesOf, sourceOf } from "./tree.support.ts";

const leaves = leavesOf(21);
const { signerKey, verifierKey } = keyPair("example/log", new Uint8Array(32));
const keys = [parseVerifierKey(verifierKey)];

function checkpointOf(size: number): Checkpoint {
  return { origin: "example/log", ...headOf(leaves, size), extensions: [] };
}

async function textOf(from: number, to: number): Promise<string> {
  const hashes = await proveConsistency(sourceOf(leaves), { from, to });
  const checkpoint = signCheckpoint(checkpointOf(to), [parseSignerKey(signerKey)]);
  return continuationText({ from, hashes, checkpoint });
}

/** The code of the refusal; `undefined`: it was taken. */
function refusal(text: string, held: readonly Checkpoint[]): string | undefined {
  try {
    openContinuation(text, held, keys);
    return undefined;
  } catch (error) {
    if (error instanceof NoteError) return error.code;
    throw error;
  }
}

describe("showing that a log was continued", () => {
  test("is written as a witness is sent it", async () => {
    const [old, ...lines] = (await textOf(6, 21)).split("\n");
    expect(old).toBe("old 6");
    expect(lines.indexOf("")).toBeGreaterThan(0);
    for (const line of lines.slice(0, lines.indexOf("")))
      expect(Buffer.from(line, "base64")).toHaveLength(32);
    expect(lines.slice(lines.indexOf("") + 1, lines.indexOf("") + 3)).toEqual(["example/log", "21"]);
  });

  test("convinces whoever holds the earlier checkpoint, of whatever size", async () => {
    for (let from = 0; from <= 21; from++) {
      const { first, second } = openContinuation(
        await textOf(from, 21),
        [checkpointOf(3), checkpointOf(from)],
        keys,
      );
      expect([first, second]).toMatchObject([{ size: from }, checkpointOf(21)]);
    }
  });

  test("convinces nobody who holds another", async () => {
    const text = await textOf(6, 21);
    const another = { ...checkpointOf(6), root: headOf(leavesOf(22).slice(1), 6).root };
    expect(refusal(text, [])).toBe("PROOF_WRONG");
    expect(refusal(text, [checkpointOf(7)])).toBe("PROOF_WRONG");
    expect(refusal(text, [another])).toBe("PROOF_WRONG");
    expect(refusal(text, [{ ...checkpointOf(6), origin: "example/other" }])).toBe("PROOF_WRONG");
  });

  test("convinces nobody who holds two that contradict each other", async () => {
    const text = await textOf(6, 21);
    const another = { ...checkpointOf(6), root: headOf(leavesOf(22).slice(1), 6).root };
    expect(refusal(text, [checkpointOf(6), checkpointOf(6)])).toBeUndefined();
    expect(refusal(text, [checkpointOf(6), another])).toBe("PROOF_WRONG");
    expect(refusal(text, [another, checkpointOf(6)])).toBe("PROOF_WRONG");
  });

  test("convinces nobody with any octet another, or cut anywhere", async () => {
    const good = Buffer.from(await textOf(6, 21));
    for (let at = 0; at < good.length; at++) {
      const spoiled = Buffer.from(good);
      spoiled[at] = (spoiled[at] ?? 0) ^ (1 << (at % 8));
      expect(refusal(spoiled.toString("utf8"), [checkpointOf(6)]), `octet ${at}`).toBeDefined();
      expect(refusal(good.toString("utf8", 0, at), [checkpointOf(6)]), `cut at ${at}`).toBeDefined();
    }
  });

  test("fails with nothing else on what a stranger sends", () => {
    const lines = fc.array(fc.oneof(fc.string(), fc.constantFrom("old 6", "", "example/log", "21")));
    fc.assert(fc.property(lines, (text) => refusal(text.join("\n"), [checkpointOf(6)]) !== undefined));
  });
});
