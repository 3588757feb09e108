import { describe, expect, test } from "vitest";
import { openProof } from "../../../src/proof/check-proof.ts";
import { openCheckpoint } from "../../../src/proof/checkpoint.ts";
import { openContinuation } from "../../../src/proof/continuation.ts";
import { parseVerifierKey } from "../../../src/proof/note-keys.ts";
import { verifyConsistency } from "../../../src/proof/verify-proof.ts";
import { ask, startApi, type TestApi } from "./support/api.ts";
import { addCaller } from "./support/callers.ts";

const fields = "size root note verifierKey signedAt position";
const sign = `mutation ($input: SignCheckpointInput!) { signCheckpoint(input: $input) {
  userErrors { code } position checkpoint { ${fields} } } }`;

/** Signs, after something happened. */
async function signed(api: TestApi, name: string) {
  const { signCheckpoint } = await ask(api, sign, { input: { reason: name } });
  expect(signCheckpoint.userErrors).toEqual([]);
  await ask(api, 'query ($minPosition: EventPosition) { node(id: "x", minPosition: $minPosition) { id } }');
  return signCheckpoint.checkpoint;
}

describe("signing the log over the API", () => {
  test("gives a checkpoint that the log's key signed, once", async () => {
    const api = await startApi();
    const before = await ask(
      api,
      "{ logSigning { origin verifierKey newest { size } unsignedEvents contradiction } }",
    );
    expect(before.logSigning).toMatchObject({ newest: null, contradiction: null });
    const checkpoint = await signed(api, "the audit of 2026");
    const { verifierKey, origin } = before.logSigning;
    const opened = openCheckpoint(Buffer.from(checkpoint.note), [parseVerifierKey(verifierKey)]);
    expect(opened).toMatchObject({ origin, size: checkpoint.size, root: checkpoint.root });
    const again = await ask(api, sign, { input: {} });
    expect(again.signCheckpoint).toMatchObject({ position: null, checkpoint: { size: checkpoint.size } });
    const { events } = await ask(
      api,
      '{ events(last: 1, filter: { type: { eq: "CheckpointSigned" } }) { nodes { actor reason } } }',
    );
    expect(events.nodes).toEqual([{ actor: "user:operator", reason: "the audit of 2026" }]);
  });

  test("does nothing in a dry run", async () => {
    const api = await startApi();
    const { signCheckpoint } = await ask(api, sign, { input: { dryRun: true } });
    expect(signCheckpoint).toMatchObject({ position: null, checkpoint: null });
    expect((await ask(api, "{ checkpoints { nodes { size } } }")).checkpoints.nodes).toEqual([]);
  });
});

describe("the checkpoints of a log", () => {
  test("are found by what they cover, by their key and as they were, and counted", async () => {
    const api = await startApi();
    const first = await signed(api, "one");
    await addCaller(api, "eve", { role: "viewer" });
    const second = await signed(api, "two");
    const sizes = async (args: string) =>
      (await ask(api, `{ checkpoints(${args}) { nodes { size } } }`)).checkpoints.nodes.map(
        ({ size }: { readonly size: number }) => size,
      );
    expect(await sizes(`filter: { size: { min: ${first.size + 1} } }`)).toEqual([second.size]);
    expect(await sizes(`filter: { verifierKey: { eq: "${first.verifierKey}" } }`)).toHaveLength(2);
    expect(await sizes(`filter: { signedAt: { from: "2999-01-01T00:00:00Z" } }`)).toEqual([]);
    expect(await sizes(`search: "root:${second.root}"`)).toEqual([second.size]);
    expect(await sizes(`search: "size>${first.size} signed>now-1d"`)).toEqual([second.size]);
    expect(await sizes("orderBy: { field: POSITION, direction: DESC }")).toEqual([second.size, first.size]);
    expect(await sizes(`at: { position: "${first.position}" }`)).toEqual([first.size]);
    const { checkpoints } = await ask(
      api,
      "{ checkpoints(first: 1) { totalCount facets(by: [VERIFIER_KEY]) { values { value count } } } }",
    );
    expect(checkpoints).toEqual({
      totalCount: 2,
      facets: [{ values: [{ value: first.verifierKey, count: 2 }] }],
    });
  });
});

describe("proofs over the API", () => {
  test("show that an event is in the log, and that the log continues what it was", async () => {
    const api = await startApi();
    const first = await signed(api, "one");
    await addCaller(api, "eve", { role: "viewer" });
    const second = await signed(api, "two");
    const page = await ask(
      api,
      `{ checkpoints(last: 1) { nodes { ${fields} } pageInfo { hasPreviousPage startCursor } } }`,
    );
    expect(page.checkpoints).toMatchObject({ nodes: [second], pageInfo: { hasPreviousPage: true } });
    const { startCursor } = page.checkpoints.pageInfo;
    const older = await ask(
      api,
      `{ checkpoints(last: 5, before: "${startCursor}") { nodes { ${fields} } } }`,
    );
    expect(older.checkpoints.nodes).toEqual([first]);

    const { events } = await ask(api, "{ events(first: 1) { nodes { id eventId } } }");
    const proof =
      "query ($id: ID!, $size: SafeInt) { inclusionProof(eventId: $id, size: $size) { text index checkpoint { size } event { id } } }";
    const [event] = events.nodes;
    const { inclusionProof } = await ask(api, proof, { id: event.eventId });
    const key = parseVerifierKey(first.verifierKey);
    expect(openProof(inclusionProof.text, [key])).toMatchObject({ index: 0, event: { id: event.eventId } });
    expect(inclusionProof).toMatchObject({ checkpoint: { size: first.size }, event: { id: event.id } });
    expect(
      (await ask(api, proof, { id: event.eventId, size: second.size })).inclusionProof.checkpoint,
    ).toEqual({ size: second.size });
    expect((await ask(api, proof, { id: "none" })).inclusionProof).toBeNull();

    const { consistencyProof } = await ask(
      api,
      `{ consistencyProof(from: ${first.size}) { hashes text checkpoint { size root } } }`,
    );
    expect(verifyConsistency({ first, second, proof: consistencyProof.hashes })).toBe(true);
    const held = openCheckpoint(Buffer.from(first.note), [key]);
    expect(openContinuation(consistencyProof.text, [held], [key]).second).toMatchObject({
      size: second.size,
    });
    const { errors } = await api.ask("{ consistencyProof(from: -1) { hashes } }");
    expect(errors[0]?.extensions.code).toBe("INPUT_INVALID");
  });
});
