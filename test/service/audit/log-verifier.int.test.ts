import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { createSqliteEventStore } from "../../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import type { Verification } from "../../../src/adapters/graphql/audit/verifier.ts";
import { newId } from "../../../src/ids.ts";
import { verifyLog } from "../../../src/maintenance/verify.ts";
import { currentFile } from "../../../src/projections/generations.ts";
import { startProjector } from "../../../src/projections/projector.ts";
import { allViews } from "../../../src/projections/views/all.ts";
import { keyPair } from "../../../src/proof/note-keys.ts";
import type { SignedNotes } from "../../../src/service/audit/audit-job.ts";
import { keptVerification } from "../../../src/service/audit/kept-verification.ts";
import { openLogVerifier } from "../../../src/service/audit/log-verifier.ts";
import { openTestLog, serveTestLog, temporaryDirectory } from "../../adapters/event-store/sqlite/support.ts";
import { append, attack, makeLog, rewrite, signNow } from "../../maintenance/evidence.support.ts";
import { placeOf } from "./audit.support.ts";

function verifierOf(data: string) {
  const verifier = openLogVerifier({ ...placeOf(data), clock: () => new Date(), newId });
  onTestFinished(() => verifier.close());
  return verifier;
}

/** Verifies, and tells all that was told of it. */
async function verified(data: string, views = false) {
  const verifier = verifierOf(data);
  verifier.start({ actor: "user:eve", views });
  const told: Verification[] = [];
  for await (const verification of verifier.follow(new AbortController().signal)) told.push(verification);
  const last = told.at(-1);
  if (!last) throw new Error("nothing was told");
  return { told, last, verifier };
}

describe("a verification of the log of a running service", () => {
  test("finds what the maintenance command finds", async () => {
    const data = await makeLog();
    const { last } = await verified(data);
    expect(last).toMatchObject({ state: "ended", actor: "user:eve", report: verifyLog({ data }), views: [] });
    attack(data, "UPDATE event SET data = '{}' WHERE position = 14");
    const { last: attacked } = await verified(data);
    expect(attacked.report).toEqual(verifyLog({ data }));
    expect(attacked.report?.findingCount).toBeGreaterThan(0);
  });

  test("is told from its beginning to its end, and kept", async () => {
    const { told, last, verifier } = await verified(await makeLog());
    expect(told.map(({ state }) => state)).toEqual([...told.slice(1).map(() => "running"), "ended"]);
    expect(last.progress).toMatchObject({ stage: "log", of: 30 });
    expect(last.endedAtMs).toBeGreaterThanOrEqual(last.startedAtMs);
    expect(verifier.newest()).toBe(last);
  });

  test("is the one that is under way, when another is asked for", async () => {
    const verifier = verifierOf(await makeLog());
    const first = verifier.start({ actor: "user:eve", views: false });
    expect(verifier.start({ actor: "user:ada", views: true })).toBe(first);
    for await (const _ of verifier.follow(new AbortController().signal));
    expect(verifier.start({ actor: "user:ada", views: false }).id).not.toBe(first.id);
  });

  test("fails where there is no log, and says why", async () => {
    const { last } = await verified(temporaryDirectory());
    expect(last).toMatchObject({ state: "failed", report: undefined });
    expect(last.failure).toContain("ledger.db does not exist");
  });

  test("fails when the service stops", async () => {
    const verifier = verifierOf(await makeLog());
    verifier.start({ actor: "user:eve", views: false });
    verifier.close();
    for await (const _ of verifier.follow(new AbortController().signal));
    expect(verifier.newest()).toMatchObject({ state: "failed", failure: expect.any(String) });
  });

  test("is followed until whoever follows it leaves", async () => {
    const verifier = verifierOf(await makeLog());
    verifier.start({ actor: "user:eve", views: false });
    const left = new AbortController();
    for await (const _ of verifier.follow(left.signal)) left.abort();
    expect(verifierOf(await makeLog()).newest()).toBeUndefined();
  });
});

describe("the newest verification that came to its end", () => {
  function keptIn(data: string, warnings: string[] = []) {
    return keptVerification({
      file: join(data, "verification.json"),
      onWarning: (text) => warnings.push(text),
    });
  }

  async function verifiedAndKept(data: string) {
    const verifier = openLogVerifier({
      ...{ ...placeOf(data), clock: () => new Date(), newId, kept: keptIn(data) },
      signed: () => undefined,
    });
    onTestFinished(() => verifier.close());
    verifier.start({ actor: "user:eve", views: true });
    for await (const _ of verifier.follow(new AbortController().signal));
    return verifier;
  }

  test("is known after a restart, with all that was found", async () => {
    const data = await makeLog();
    attack(data, "UPDATE event SET data = '{}' WHERE position = 14");
    const before = await verifiedAndKept(data);
    expect(before.newest()?.report?.findingCount).toBeGreaterThan(0);
    expect(before.newest()?.views.length).toBeGreaterThan(0);
    const ends: Verification[] = [];
    const after = openLogVerifier({
      ...{ ...placeOf(data), clock: () => new Date(), newId, kept: keptIn(data) },
      onEnd: (verification) => ends.push(verification),
    });
    expect(after.newest()).toEqual(before.newest());
    expect(ends).toEqual([before.newest()]);
    expect(statSync(join(data, "verification.json")).mode & 0o777).toBe(0o600);
  });

  test("is not forgotten for one that was cancelled, or failed", async () => {
    const data = await makeLog();
    const verifier = await verifiedAndKept(data);
    const whole = verifier.newest();
    verifier.start({ actor: "user:eve", views: false });
    expect(await verifier.cancel({ actor: "user:ada" })).toMatchObject({
      ...{ state: "cancelled", failure: "user:ada cancelled it", report: undefined },
    });
    expect(keptIn(data).read()).toEqual(whole);
  });

  test("is forgotten, and that is said, where its file is of no use", async () => {
    const data = await makeLog();
    await verifiedAndKept(data);
    const file = join(data, "verification.json");
    for (const text of ["{", "{}", readFileSync(file, "utf8").replace('"format":1', '"format":2')]) {
      writeFileSync(file, text);
      const warnings: string[] = [];
      expect(keptIn(data, warnings).read()).toBeUndefined();
      expect(warnings).toEqual([expect.stringContaining("does not tell of the newest verification")]);
    }
  });
});

describe("a verification of the read models", () => {
  /** A log with views that are open, as in a service. */
  async function withViews() {
    const data = await makeLog();
    const served = serveTestLog(openTestLog(join(data, "log")));
    const store = createSqliteEventStore(served.connect());
    const { viewsDirectory } = placeOf(data);
    const projector = await startProjector({
      directory: viewsDirectory,
      views: allViews,
      reader: store,
      notify: () => undefined,
    });
    onTestFinished(async () => {
      await projector.close();
      await store.close();
    });
    await projector.waitFor((await store.head()) ?? "", { timeoutMs: 60_000 });
    return { data, viewsDirectory };
  }

  test("compares each with what the log makes of it", async () => {
    const { data } = await withViews();
    const { last } = await verified(data, true);
    expect(last.state).toBe("ended");
    expect(last.views.map(({ view }) => view)).toEqual(allViews.map(({ name }) => name));
    for (const { digest, difference, position } of last.views) {
      expect(difference).toBeUndefined();
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
      expect(position).toBeDefined();
    }
    expect(last.progress).toMatchObject({ stage: "views" });
  });

  test("names the row that somebody changed", async () => {
    const { data, viewsDirectory } = await withViews();
    const database = new DatabaseSync(currentFile(viewsDirectory, "events-index") ?? "none");
    database.exec("UPDATE event SET actor = 'user:nobody' WHERE ordinal = 7");
    database.close();
    const { last } = await verified(data, true);
    const different = last.views.filter(({ difference }) => difference !== undefined);
    expect(different).toMatchObject([{ view: "events-index", digest: undefined }]);
    expect(different[0]?.difference).toMatch(/^table event, row 7: actor is "user:nobody" in the view and /);
  });

  test("says of one that is being built anew that it cannot be compared", async () => {
    const { data, viewsDirectory } = await withViews();
    const database = new DatabaseSync(currentFile(viewsDirectory, "events-index") ?? "none");
    database.exec("UPDATE projection_checkpoint SET version = 0");
    database.close();
    const { last } = await verified(data, true);
    const different = last.views.filter(({ difference }) => difference !== undefined);
    expect(different).toMatchObject([
      {
        view: "events-index",
        difference: "it cannot be compared: it is being built, and only its version 0 is there",
      },
    ]);
  });

  test("says of one that has no file that it cannot be compared", async () => {
    const { last } = await verified(await makeLog(), true);
    expect(last.views[0]).toMatchObject({
      digest: undefined,
      difference: "it cannot be compared: it has no file",
    });
  });
});

describe("a verification against what the service signed", () => {
  async function against(data: string, signed: SignedNotes) {
    const verifier = openLogVerifier({
      ...{ ...placeOf(data), clock: () => new Date(), newId },
      signed: () => signed,
    });
    onTestFinished(() => verifier.close());
    verifier.start({ actor: "user:eve", views: false });
    for await (const _ of verifier.follow(new AbortController().signal));
    return verifier.newest()?.report;
  }

  function notesOf(data: string): SignedNotes {
    const { key, checkpoint } = signNow(data);
    return {
      verifierKey: readFileSync(key, "utf8").trim(),
      notes: checkpoint.map((file) => readFileSync(file, "utf8")),
    };
  }

  test("says how far it vouches, and finds what only that can show", async () => {
    const data = await makeLog();
    const signed = notesOf(data);
    await append(data, "machine-1", 2);
    expect(await against(data, signed)).toMatchObject({ events: 32, vouched: 30, findingCount: 0 });
    attack(data, (database) => rewrite(database, 30, '{"forged":true}'));
    const codes = (await against(data, signed))?.findings.map(({ code }) => code);
    expect(codes).toContain("CHECKPOINT_DIFFERS");
  });

  test("finds a checkpoint that another key signed", async () => {
    const data = await makeLog();
    const { notes } = notesOf(data);
    const { verifierKey } = keyPair("other.example/log", Buffer.alloc(32, 9));
    const report = await against(data, { verifierKey, notes });
    expect(report?.findings).toMatchObject([{ code: "CHECKPOINT_BAD" }]);
  });
});
