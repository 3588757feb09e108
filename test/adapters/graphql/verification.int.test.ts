import { describe, expect, onTestFinished, test } from "vitest";
import type { LogVerifier } from "../../../src/adapters/graphql/audit/verifier.ts";
import { newId } from "../../../src/ids.ts";
import { openLogVerifier } from "../../../src/service/audit/log-verifier.ts";
import { attack, makeLog } from "../../maintenance/evidence.support.ts";
import { placeOf } from "../../service/audit/audit.support.ts";
import { ask, startApi } from "./support/api.ts";
import { openSocket } from "./support/socket.ts";

const fields = `state stage done total secondsLeft actor endedAt failure
  report { events root signedEvents findingCount findings { code ordinal stream revision message } }
  views { view digest difference }`;

const verify = (input = "") => `mutation { verifyLog(input: { ${input} }) {
  userErrors { code } position verification { id ${fields} } } }`;

async function apiOver(data: string) {
  const verifier = openLogVerifier({ ...placeOf(data), clock: () => new Date(), newId });
  onTestFinished(() => verifier.close());
  return { verifier, api: await startApi({ verifier }) };
}

/** Resolves when the verification that is under way has ended. */
async function end(verifier: LogVerifier): Promise<void> {
  for await (const _ of verifier.follow(new AbortController().signal));
}

describe("verifyLog", () => {
  test("begins a verification, whose end is asked for later", async () => {
    const { api, verifier } = await apiOver(await makeLog());
    const { verifyLog } = await ask(api, verify());
    expect(verifyLog).toMatchObject({
      ...{ userErrors: [], position: null },
      verification: { state: "RUNNING", actor: "user:operator", report: null, views: [], endedAt: null },
    });
    await end(verifier);
    const { verification } = await ask(api, `{ verification { ${fields} } }`);
    expect(verification).toMatchObject({
      ...{ state: "ENDED", stage: "LOG", secondsLeft: null, failure: null, endedAt: expect.any(String) },
      report: { events: 30, signedEvents: null, findingCount: 0, findings: [] },
    });
  });

  test("tells what is wrong, and where", async () => {
    const data = await makeLog();
    attack(data, "UPDATE event SET data = '{}' WHERE position = 14");
    const { api, verifier } = await apiOver(data);
    await ask(api, verify());
    await end(verifier);
    const { verification } = await ask(api, `{ verification { ${fields} } }`);
    expect(verification.report).toMatchObject({
      findingCount: 1,
      findings: [{ code: "EVENT_CHANGED", ordinal: 14, stream: "machine-2", revision: 4 }],
    });
  });

  test("begins nothing in a dry run", async () => {
    const { api, verifier } = await apiOver(await makeLog());
    const { verifyLog } = await ask(api, verify("dryRun: true"));
    expect(verifyLog).toEqual({ userErrors: [], position: null, verification: null });
    expect(verifier.newest()).toBeUndefined();
  });
});

describe("cancelVerification", () => {
  const cancel = (input = "") =>
    `mutation { cancelVerification(input: { ${input} }) { userErrors { code } position verification { ${fields} } } }`;

  test("ends the one that is under way, and says who did it", async () => {
    const { api } = await apiOver(await makeLog());
    await ask(api, verify());
    const { cancelVerification } = await ask(api, cancel());
    expect(cancelVerification).toMatchObject({
      ...{ userErrors: [], position: null },
      verification: { state: "CANCELLED", failure: "user:operator cancelled it", report: null },
    });
    const { verification } = await ask(api, `{ verification { ${fields} } }`);
    expect(verification.state).toBe("CANCELLED");
  });

  test("does nothing when none is, nor in a dry run", async () => {
    const { api, verifier } = await apiOver(await makeLog());
    expect((await ask(api, cancel())).cancelVerification.verification).toBeNull();
    await ask(api, verify());
    expect((await ask(api, cancel("dryRun: true"))).cancelVerification.verification).toBeNull();
    await end(verifier);
    expect((await ask(api, cancel())).cancelVerification.verification.state).toBe("ENDED");
  });
});

test("verificationProgress tells of a verification until its end, and then completes", async () => {
  const { api } = await apiOver(await makeLog());
  const socket = await openSocket(api);
  socket.send({ type: "connection_init", payload: { authorization: `Bearer ${api.token}` } });
  await socket.message(({ type }) => type === "connection_ack");
  const query = "subscription { verificationProgress { state } }";
  socket.send({ type: "subscribe", id: "before", payload: { query } });
  await socket.message(({ id, type }) => id === "before" && type === "complete");
  await ask(api, verify());
  socket.send({ type: "subscribe", id: "now", payload: { query } });
  await socket.message(
    ({ id, payload }) => id === "now" && payload?.data?.verificationProgress.state === "ENDED",
  );
  await socket.message(({ id, type }) => id === "now" && type === "complete");
});
