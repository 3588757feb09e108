import { describe, expect, test } from "vitest";
import { events } from "../../../contracts/event-store.support.ts";
import { engine, openStore, shortLimits } from "./support.ts";

const limits = shortLimits;

describe("an append whose answer does not come", () => {
  test.each([
    "lost",
    "silent",
  ] as const)("is in the log once, and answered so, when it was %s", async (how) => {
    const { ledger, nodes, connectionString } = await engine();
    const store = openStore(connectionString, { limits });
    await store.append("machine-1", { expectedRevision: "no-stream", events: events(1) });
    nodes[0]?.trouble.appends.push(how, how);
    const answer = await store.append("machine-1", { expectedRevision: 0, events: events(2) });
    expect(answer).toMatchObject({ outcome: "appended", revision: 2 });
    expect(ledger.stream("machine-1")).toHaveLength(3);
    expect(answer).toMatchObject({ position: await store.head() });
  });

  test.each([
    "lost",
    "silent",
    "refused",
  ] as const)("is no second observation when it was %s", async (how) => {
    const { ledger, nodes, connectionString } = await engine();
    const store = openStore(connectionString, { limits });
    await store.head();
    nodes[0]?.trouble.appends.push(how, how, how);
    const first = await store.append("boot-1", { expectedRevision: "any", events: events(2) });
    nodes[0]?.trouble.appends.push(how);
    const second = await store.append("boot-1", { expectedRevision: "any", events: events(2) });
    expect([first, second]).toMatchObject([{ revision: 1 }, { revision: 3 }]);
    expect(ledger.stream("boot-1")).toHaveLength(4);
  });

  test("is a conflict when another's stands where it should", async () => {
    const { nodes, connectionString } = await engine();
    const [store, other] = [openStore(connectionString, { limits }), openStore(connectionString, { limits })];
    await store.append("mac-1", { expectedRevision: "no-stream", events: events(1) });
    await other.append("mac-1", { expectedRevision: 0, events: events(1) });
    nodes[0]?.trouble.appends.push("refused");
    const answer = await store.append("mac-1", { expectedRevision: 0, events: events(1) });
    expect(answer).toEqual({ outcome: "conflict", actualRevision: 1 });
  });
});

describe("an append that waits in vain", () => {
  test("ends in an error within its time, and may be sent again", async () => {
    const { ledger, nodes, connectionString } = await engine();
    const store = openStore(connectionString, { limits: { ...limits, appendMs: 1_500 } });
    await store.head();
    nodes[0]?.trouble.appends.push(...Array.from({ length: 50 }, () => "silent" as const));
    const batch = { expectedRevision: "no-stream", events: events(2) } as const;
    const began = performance.now();
    nodes[0] && Object.assign(nodes[0].trouble, { readDelayMs: 60_000 });
    await expect(store.append("machine-1", batch)).rejects.toMatchObject({ code: "LOG_READ_ONLY" });
    expect(performance.now() - began).toBeLessThan(3_000);

    nodes[0] && Object.assign(nodes[0].trouble, { readDelayMs: 0 });
    nodes[0]?.trouble.appends.splice(0);
    expect(await store.append("machine-1", batch)).toMatchObject({ outcome: "appended", revision: 1 });
    expect(ledger.stream("machine-1")).toHaveLength(2);
  });

  test("ends in its time also when the engine speaks all the while, but slowly", async () => {
    const { nodes, connectionString } = await engine();
    const writer = openStore(connectionString);
    await writer.append("machine-1", { expectedRevision: "no-stream", events: events(60) });
    const store = openStore(connectionString, { limits: { ...limits, appendMs: 1_000 } });
    await store.head();
    nodes[0] && Object.assign(nodes[0].trouble, { readDelayMs: 300 });
    const append = store.append("machine-1", { expectedRevision: 0, events: events(1) });
    const began = performance.now();
    await expect(append).rejects.toMatchObject({ code: "LOG_READ_ONLY" });
    expect(performance.now() - began).toBeLessThan(5_000);
    nodes[0] && Object.assign(nodes[0].trouble, { readDelayMs: 0 });
  });

  test("asks with pauses when the engine speaks of a conflict that is not there", async () => {
    const { nodes, connectionString } = await engine();
    const store = openStore(connectionString, { limits: { ...limits, appendMs: 1_000 } });
    await store.head();
    nodes[0]?.trouble.appends.push(...Array.from({ length: 1_000 }, () => "conflicting" as const));
    const append = store.append("machine-1", { expectedRevision: "no-stream", events: events(1) });
    await expect(append).rejects.toMatchObject({ code: "LOG_READ_ONLY" });
    expect(nodes[0]?.trouble.appends.length).toBeGreaterThan(950);
  });
});

describe("an engine that is away", () => {
  test.each(["frozen", "gone"] as const)("refuses and recovers by itself when it was %s", async (how) => {
    const { nodes, connectionString } = await engine();
    const [node] = nodes;
    const store = openStore(connectionString, { limits });
    await store.append("machine-1", { expectedRevision: "no-stream", events: events(1) });
    if (how === "gone") node?.stop();
    else node && Object.assign(node.trouble, { frozen: true });
    const batch = { expectedRevision: 0, events: events(1) } as const;
    await Promise.all([
      expect(store.append("machine-1", batch)).rejects.toMatchObject({ code: "LOG_READ_ONLY" }),
      expect(store.readStream("machine-1")).rejects.toMatchObject({ code: "LOG_UNREADABLE" }),
      expect(store.head()).rejects.toMatchObject({ code: "LOG_UNREADABLE" }),
    ]);

    if (how === "gone") await node?.start();
    else node && Object.assign(node.trouble, { frozen: false });
    expect(await store.append("machine-1", batch)).toMatchObject({ outcome: "appended", revision: 1 });
    expect(await store.readStream("machine-1")).toHaveLength(2);
  });

  test("is waited for when it was never there before", async () => {
    const { nodes, connectionString } = await engine();
    nodes[0]?.stop();
    const store = openStore(connectionString, { limits });
    await expect(store.head()).rejects.toMatchObject({ code: "LOG_UNREADABLE" });
    await nodes[0]?.start();
    expect(await store.head()).toBeUndefined();
  });

  test("fills no memory: what is more than the limit is refused at once", async () => {
    const { nodes, connectionString } = await engine();
    const store = openStore(connectionString, { limits });
    await store.head();
    nodes[0] && Object.assign(nodes[0].trouble, { frozen: true });
    const began = performance.now();
    const many = Array.from({ length: 200 }, (_, n) =>
      store.append(`machine-${n}`, { expectedRevision: "no-stream", events: events(100) }),
    );
    const answers = await Promise.allSettled(many);
    expect(performance.now() - began).toBeLessThan(2 * limits.appendMs);
    const codes = answers.map((answer) => answer.status === "rejected" && answer.reason.code);
    expect(codes.filter((code) => code === "LOG_READ_ONLY")).toHaveLength(81);
    expect(codes.filter((code) => code === "LOG_OVERLOADED")).toHaveLength(119);
  });
});

describe("an engine that refuses", () => {
  test("is asked no second time when it denies access", async () => {
    const { nodes, connectionString } = await engine();
    const store = openStore(connectionString, { limits });
    await store.head();
    nodes[0]?.trouble.appends.push("denied", "denied");
    const denied = store.append("machine-1", { expectedRevision: "no-stream", events: events(1) });
    await expect(denied).rejects.toMatchObject({
      code: "LOG_READ_ONLY",
      message: expect.stringMatching(/denies/),
    });
    expect(nodes[0]?.trouble.appends).toHaveLength(1);
  });

  test("says so when its own limit of an append is lower", async () => {
    const { nodes, connectionString } = await engine();
    const store = openStore(connectionString, { limits });
    await store.head();
    nodes[0]?.trouble.appends.push("too-large");
    const large = store.append("machine-1", { expectedRevision: "no-stream", events: events(1) });
    await expect(large).rejects.toMatchObject({
      code: "EVENT_TOO_LARGE",
      message: expect.stringMatching(/MaxAppendSize/),
    });
  });
});
