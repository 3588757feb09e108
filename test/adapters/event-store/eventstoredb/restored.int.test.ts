import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Witness } from "../../../../src/adapters/event-store/sqlite/witness.ts";
import { events, numbered } from "../../../contracts/event-store.support.ts";
import { afterwards } from "../../../support/afterwards.ts";
import { spawnFixture } from "../../../support/esdb-fixture/spawn.ts";
import { openStore, shortLimits } from "./support.ts";

/** An engine whose log holds two events, of which an older copy has one. */
async function rolledBackEngine() {
  const directory = mkdtempSync(join(tmpdir(), "ironledger-engine-"));
  afterwards(() => rmSync(directory, { recursive: true }));
  const journal = join(directory, "journal");
  const older = join(directory, "older");
  const fixture = await spawnFixture(journal);
  afterwards(fixture.kill);
  const store = openStore(fixture.connectionString);
  await store.append("machine-1", { expectedRevision: "no-stream", events: events(1) });
  copyFileSync(journal, older);
  await store.append("machine-1", { expectedRevision: 0, events: events(1) });
  const witness = await store.ping();
  return {
    ...fixture,
    store,
    witness,
    async rollBack() {
      await fixture.kill();
      copyFileSync(older, journal);
      await fixture.killAndRestart();
    },
    async empty() {
      await fixture.kill();
      rmSync(journal);
      await fixture.killAndRestart();
    },
  };
}

const open = (connectionString: string, witness: Witness | "unreadable" | undefined) =>
  openStore(connectionString, { witness, limits: shortLimits });

describe("an engine that was put back while no process ran", () => {
  test("goes on in its next incarnation, which says why, to everybody who noticed", async () => {
    const { connectionString, store, witness, rollBack } = await rolledBackEngine();
    const before = await store.head();
    await store.close();
    await rollBack();

    const stores = [1, 2, 3].map(() => open(connectionString, witness));
    const told = await Promise.all(stores.map((each) => each.restored()));
    const evidence = { evidence: "older-than-witness", previousIncarnation: witness.incarnation };
    expect(told).toEqual(told.map(() => expect.objectContaining(evidence)));

    const heads = await Promise.all(stores.map((each) => each.head()));
    expect(new Set(heads).size).toBe(1);
    expect(heads[0]).toContain(`${witness.logId}.0002`);
    await expect(stores[0]?.readAll({ after: before, limit: 1 })).rejects.toMatchObject({
      code: "POSITION_UNKNOWN",
    });
    // One that was away all the time has nothing to add.
    const late = open(connectionString, witness);
    expect(await late.head()).toBe(heads[0]);
  });

  test("is fenced once more when it is put back once more", async () => {
    const { connectionString, store, witness, rollBack } = await rolledBackEngine();
    await store.close();
    await rollBack();
    const first = open(connectionString, witness);
    const seen = await first.ping();
    await first.close();
    await rollBack();
    const second = await open(connectionString, seen).ping();
    expect([seen, second].map(({ incarnation }) => incarnation.slice(0, 4))).toEqual(["0002", "0003"]);
  });

  test("is noticed by what another process appended since", async () => {
    const { connectionString, store, witness, rollBack } = await rolledBackEngine();
    await store.close();
    await rollBack();
    const stranger = open(connectionString, undefined);
    await stranger.append("machine-1", { expectedRevision: 0, events: [numbered(1), numbered(2)] });
    expect(await open(connectionString, witness).restored()).toMatchObject({
      evidence: "older-than-witness",
    });
  });
});

describe("an engine that was put back under a process", () => {
  test("is not written to any more, not even with what waited for the engine", async () => {
    const { connectionString, store, kill, rollBack } = await rolledBackEngine();
    const pages = store.subscribe({ after: undefined, signal: new AbortController().signal });
    const following = (async () => {
      for await (const _page of pages);
    })();
    await kill();
    const appends = Array.from({ length: 20 }, (_, n) =>
      store.append(`boot-${n}`, { expectedRevision: "no-stream", events: events(1) }),
    );
    const [, failed, ...answers] = await Promise.allSettled([rollBack(), following, ...appends]);
    const refused = { status: "rejected", reason: { code: "LOG_DAMAGED" } };
    expect([failed, ...answers]).toMatchObject(Array.from({ length: 21 }, () => refused));
    const { events: left } = await open(connectionString, undefined).readAll({ after: undefined, limit: 10 });
    expect(left.map(({ stream }) => stream)).toEqual(["machine-1"]);
  });
});

describe("an engine that went on", () => {
  test("is no restored one, whatever was appended meanwhile", async () => {
    const { connectionString, store, witness } = await rolledBackEngine();
    await store.append("machine-1", { expectedRevision: 1, events: events(1) });
    await store.close();
    const next = open(connectionString, witness);
    expect(await next.restored()).toBeUndefined();
    expect(await next.ping()).toMatchObject({ incarnation: witness.incarnation });
  });
});

describe("an engine that holds something else than what was followed", () => {
  test("is refused when it is empty", async () => {
    const { connectionString, store, witness, empty } = await rolledBackEngine();
    await store.close();
    await empty();
    const refused = { code: "LOG_DAMAGED", message: expect.stringContaining("the engine is empty") };
    await expect(open(connectionString, witness).restored()).rejects.toMatchObject(refused);
    expect(await open(connectionString, undefined).restored()).toBeUndefined();
  });

  test.each([
    ["another log's", (seen: Witness) => ({ ...seen, logId: "0".repeat(16) }), "name the right engine"],
    ["an unreadable one", () => "unreadable" as const, "is unreadable"],
  ])("is refused when the witness is %s", async (_whose, spoil, message) => {
    const { connectionString, store, witness } = await rolledBackEngine();
    await store.close();
    await expect(open(connectionString, spoil(witness)).head()).rejects.toMatchObject({
      code: "LOG_DAMAGED",
      message: expect.stringContaining(message),
    });
  });
});
