import { describe, expect, test } from "vitest";
import { systemMeta } from "../../../src/domain/event-meta.ts";
import { newId } from "../../../src/ids.ts";
import { keyPair, parseSignerKey, parseVerifierKey } from "../../../src/proof/note-keys.ts";
import type { Compared, Signed } from "../../../src/service/checkpoints/signer.ts";
import { createSigning } from "../../../src/service/checkpoints/signing.ts";

const { signerKey, verifierKey } = keyPair("example/log", new Uint8Array(32));
const files = { newest: async () => undefined, publish: async () => {}, keep: async () => {} };
const life = {
  key: {
    origin: "example/log",
    signer: parseSignerKey(signerKey),
    verifier: parseVerifierKey(verifierKey),
    verifierKey,
  },
  stream: "checkpoint-x",
  files,
};
const contradicted = { outcome: "contradicted", message: "the newest are lost" } as const;

/** Signing of five events, where each attempt and each comparison comes out as it is told to. */
function signingWhere(world: { compared: Compared; signed: Signed }) {
  const tries = { compared: 0, signed: 0, published: 0 };
  const signing = createSigning({
    signer: {
      life: () => life,
      async compare() {
        tries.compared++;
        return world.compared;
      },
      async sign() {
        tries.signed++;
        return world.signed;
      },
      async publish() {
        tries.published++;
      },
    },
    tree: {
      state: () => ({ size: 5, edge: [] }),
      position: () => undefined,
      block: () => undefined,
      newestCheckpoints: () => [],
      newestCheckpoint: () => undefined,
      checkpointCovering: () => undefined,
      checkpointOf: () => undefined,
    },
    policy: { everyEvents: 1, everyMs: 60_000 },
    directory: "/checkpoints",
    shown: async () => undefined,
    isLeader: () => true,
    clock: () => new Date(0),
    systemMeta: () => systemMeta(newId()),
    log: { error: () => undefined },
  });
  return { signing, tries };
}

async function rounds({ signing }: ReturnType<typeof signingWhere>, count: number): Promise<void> {
  for (let done = 0; done < count; done++) await signing.round();
}

describe("a log that is not the one that was signed", () => {
  test("is looked at once in a minute by itself, and told of all the while", async () => {
    const world = signingWhere({ compared: contradicted, signed: contradicted });
    await rounds(world, 61);
    expect(world.tries.signed).toBe(1);
    expect(world.signing.status().contradiction).toBe("the newest are lost");
    await rounds(world, 61);
    expect(world.tries.signed).toBe(2);
  });

  test("is looked at whenever somebody orders it, and signed each time again when it is the one", async () => {
    const of = { compared: contradicted as Compared, signed: contradicted as Signed };
    const world = signingWhere(of);
    await rounds(world, 3);
    of.signed = { outcome: "nothing-new" };
    expect(await world.signing.sign(systemMeta(newId()))).toMatchObject({ outcome: "nothing-new" });
    expect(world.signing.status().contradiction).toBeUndefined();
    await rounds(world, 2);
    expect(world.tries.signed).toBe(4);
  });
});

describe("a log whose tree is still being made", () => {
  test("is looked at in each round", async () => {
    const busy = { outcome: "busy", message: "the log's tree is still being made" } as const;
    const world = signingWhere({ compared: busy, signed: busy });
    await rounds(world, 5);
    expect(world.tries).toEqual({ compared: 5, signed: 5, published: 5 });
  });
});
