import { describe, expect, test } from "vitest";
import { events } from "../../../contracts/event-store.support.ts";
import { chainOf, engine, openStore, shortLimits } from "./support.ts";

const limits = shortLimits;

describe("a cluster", () => {
  test("is followed to another leader, also in the middle of an append", async () => {
    const { ledger, lead, nodes, connectionString } = await engine({ nodes: 3 });
    const store = openStore(connectionString, { limits });
    await store.append("machine-1", { expectedRevision: "no-stream", events: events(1) });
    nodes[0]?.trouble.appends.push("lost");
    const [answer] = await Promise.all([
      store.append("machine-1", { expectedRevision: 0, events: events(1) }),
      lead(1),
    ]);
    expect(answer).toMatchObject({ outcome: "appended", revision: 1 });
    lead(2);
    await store.append("machine-1", { expectedRevision: 1, events: events(1) });
    expect(ledger.stream("machine-1")).toHaveLength(3);
    expect(nodes.map(({ asked }) => asked.has("append"))).toEqual([true, true, true]);
  });

  test("goes on when its leader froze and another leads", async () => {
    const { lead, nodes, connectionString } = await engine({ nodes: 3 });
    const store = openStore(connectionString, { limits: { ...limits, appendMs: 30_000, readMs: 30_000 } });
    await store.append("machine-1", { expectedRevision: "no-stream", events: events(1) });
    nodes[0] && Object.assign(nodes[0].trouble, { frozen: true });
    lead(1);
    const answer = await store.append("machine-1", { expectedRevision: 0, events: events(1) });
    expect(answer).toMatchObject({ outcome: "appended", revision: 1 });
    expect(await store.readStream("machine-1")).toHaveLength(2);
  });

  test("that is gone altogether is no reason to end the process", async () => {
    const { nodes, connectionString } = await engine({ nodes: 3 });
    const store = openStore(connectionString, { limits: { ...limits, readMs: 1_500 } });
    await store.head();
    for (let round = 0; round < 3; round++) {
      const asked = Array.from({ length: 20 }, (_, n) => store.readStream(`machine-${n}`));
      for (const { stop } of nodes) stop();
      await Promise.allSettled(asked);
      for (const { start } of nodes) await start();
      await store.head();
    }
  });

  test("may fail a read long after it was given up", async () => {
    const { nodes, connectionString } = await engine({ nodes: 2 });
    for (const { trouble } of nodes) Object.assign(trouble, { frozen: true });
    const store = openStore(connectionString, { limits: { ...limits, callMs: 200, readMs: 200 } });
    await expect(store.head()).rejects.toMatchObject({ code: "LOG_UNREADABLE" });
    for (const { stop } of nodes) stop();
    await expect(store.head()).rejects.toMatchObject({ message: expect.stringContaining("discover") });
  });
});

describe("several processes on one engine", () => {
  test("agree on the name of the log, whoever comes first", async () => {
    const { connectionString, ledger } = await engine();
    const stores = Array.from({ length: 5 }, () => openStore(connectionString));
    const answers = await Promise.all(
      stores.map((store, n) =>
        store.append(`machine-${n}`, { expectedRevision: "no-stream", events: events(1) }),
      ),
    );
    const logs = answers.map((answer) => answer.outcome === "appended" && answer.position.slice(0, -17));
    expect(new Set(logs).size).toBe(1);
    expect(ledger.stream("ironledger")).toHaveLength(1);
  });

  test("never take one revision twice, and keep the chain whole", async () => {
    const { connectionString } = await engine();
    const stores = Array.from({ length: 4 }, () => openStore(connectionString));
    const won = await Promise.all(stores.map((store) => appendWhereItFits(store, 15)));
    expect(won.reduce((sum, each) => sum + each, 0)).toBe(60);
    const [store] = stores;
    const recorded = (await store?.readStream("address-10.0.0.1")) ?? [];
    expect(recorded.map(({ revision }) => revision)).toEqual(Array.from({ length: 60 }, (_, n) => n));
    expect(recorded.map(({ hash }) => hash)).toEqual(chainOf(recorded));
  });

  test("get one answer for one derived event, whichever of them wrote it", async () => {
    const { connectionString } = await engine();
    const [one, two] = [1_000, 2_000].map((ms) => openStore(connectionString, { clock: () => new Date(ms) }));
    if (!one || !two) throw new Error("two stores");
    const batch = { expectedRevision: "no-stream", events: events(2) } as const;
    await Promise.all([one.readStream("run-1"), two.readStream("run-1")]);
    const answer = await one.append("run-1", batch);
    expect(await two.append("run-1", batch)).toEqual(answer);
    await two.append("run-1", { expectedRevision: 1, events: events(1) });
    const recorded = await one.readStream("run-1");
    expect(recorded.map(({ hash }) => hash)).toEqual(chainOf(recorded));
    expect(recorded.map(({ time }) => time)).toEqual([1_000, 1_000, 2_000]);
  });

  test("do not let a stream's time go back when their clocks differ", async () => {
    const { connectionString } = await engine();
    const [ahead, behind] = [9_000, 5_000].map((ms) =>
      openStore(connectionString, { clock: () => new Date(ms) }),
    );
    await ahead?.append("machine-1", { expectedRevision: "no-stream", events: events(1) });
    await behind?.append("machine-1", { expectedRevision: 0, events: events(1) });
    expect((await behind?.readStream("machine-1"))?.map(({ time }) => time)).toEqual([9_000, 9_000]);
  });

  test("do not take each other's connections down", async () => {
    const [one, two] = [await engine(), await engine()];
    const [failing, healthy] = [one, two].map(({ connectionString }) =>
      openStore(connectionString, { limits }),
    );
    await Promise.all([failing?.head(), healthy?.head()]);
    one.nodes[0]?.trouble.appends.push(...Array.from({ length: 40 }, () => "refused" as const));
    const asked = Array.from({ length: 40 }, async (_, n) => {
      const batch = { expectedRevision: "no-stream", events: events(1) } as const;
      return Promise.all([failing?.append(`machine-${n}`, batch), healthy?.append(`machine-${n}`, batch)]);
    });
    expect((await Promise.all(asked)).flat().every((answer) => answer?.outcome === "appended")).toBe(true);
    for (const { nodes } of [one, two]) expect(nodes[0]?.asked.get("batchAppend")).toBeUndefined();
  });
});

/** Appends `count` events, reading the stream anew after each conflict. */
async function appendWhereItFits(store: ReturnType<typeof openStore>, count: number): Promise<number> {
  let won = 0;
  while (won < count) {
    const newest = await store.readStream("address-10.0.0.1", { newestOnly: true });
    const expectedRevision = newest[0]?.revision ?? "no-stream";
    const answer = await store.append("address-10.0.0.1", { expectedRevision, events: events(1) });
    if (answer.outcome === "appended") won++;
  }
  return won;
}
