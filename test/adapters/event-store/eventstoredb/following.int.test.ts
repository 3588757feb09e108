import { describe, expect, test } from "vitest";
import { events, follow, numbered } from "../../../contracts/event-store.support.ts";
import { afterwards } from "../../../support/afterwards.ts";
import { eventually } from "../../../support/eventually.ts";
import { engine, openStore, shortLimits } from "./support.ts";

const limits = shortLimits;

/** Appends many events one by one, each when the one before was answered. */
async function appendMany(store: ReturnType<typeof openStore>, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    await store.append("machine-1", { expectedRevision: "any", events: [numbered(n)] });
  }
}

const numbersTo = (count: number) => Array.from({ length: count }, (_, n) => n);

describe("a subscription", () => {
  test("loses and doubles nothing when the engine cuts it off again and again", async () => {
    const { nodes, connectionString } = await engine();
    nodes[0] && Object.assign(nodes[0].trouble, { cutSubscriptionsAfter: 3 });
    const store = openStore(connectionString, { limits });
    const seen = follow(store, { count: 60 });
    await appendMany(openStore(connectionString), 60);
    expect((await seen).map(({ revision }) => revision)).toEqual(numbersTo(60));
    expect(nodes[0]?.asked.get("subscribe")).toBeGreaterThan(2);
  });

  test("is woken by a look of its own when the engine tells it nothing", async () => {
    const { nodes, connectionString } = await engine();
    nodes[0] && Object.assign(nodes[0].trouble, { deafSubscriptions: true });
    const store = openStore(connectionString, { limits: { ...limits, lookMs: 100 } });
    const seen = follow(store, { count: 5 });
    await eventually(() => (nodes[0]?.asked.get("subscribe") ? true : undefined));
    await appendMany(openStore(connectionString), 5);
    expect(await seen).toHaveLength(5);
  });

  test("is behind, and loses nothing, when the engine tells late", async () => {
    const { nodes, connectionString } = await engine();
    nodes[0] && Object.assign(nodes[0].trouble, { subscriptionDelayMs: 30 });
    const store = openStore(connectionString, { limits });
    const seen = follow(store, { count: 40 });
    await appendMany(openStore(connectionString), 40);
    expect((await seen).map(({ revision }) => revision)).toEqual(numbersTo(40));
  });
});

describe("a subscription to an engine that goes away", () => {
  test("goes on over a restart of the engine, also when it follows nothing new yet", async () => {
    const { nodes, connectionString } = await engine();
    const store = openStore(connectionString, { limits });
    const seen = follow(store, { count: 10 });
    const writer = openStore(connectionString, { limits: { ...limits, appendMs: 30_000 } });
    await appendMany(writer, 5);
    nodes[0]?.stop();
    await nodes[0]?.start();
    await appendMany(writer, 5);
    expect((await seen).map(({ revision }) => revision)).toEqual(numbersTo(10));
  });

  test("waits while the engine is away, and sees what another process wrote meanwhile", async () => {
    const { nodes, connectionString } = await engine();
    const writer = openStore(connectionString, { limits });
    await appendMany(writer, 2);
    const store = openStore(connectionString, { limits: { ...limits, readMs: 300 } });
    const controller = new AbortController();
    const pages = store.subscribe({ after: undefined, signal: controller.signal })[Symbol.asyncIterator]();
    expect((await pages.next()).value?.events).toHaveLength(2);
    nodes[0] && Object.assign(nodes[0].trouble, { frozen: true });
    const next = pages.next();
    await expect(store.head()).rejects.toMatchObject({ code: "LOG_UNREADABLE" });
    nodes[0] && Object.assign(nodes[0].trouble, { frozen: false });
    await appendMany(writer, 1);
    expect((await next).value?.events).toHaveLength(1);
    controller.abort();
    expect(await pages.next()).toMatchObject({ done: true });
  });

  test("ends at once while the engine is frozen", async () => {
    const { nodes, connectionString } = await engine();
    const store = openStore(connectionString, { limits });
    const controller = new AbortController();
    const pages = store.subscribe({ after: undefined, signal: controller.signal })[Symbol.asyncIterator]();
    await pages.next();
    nodes[0] && Object.assign(nodes[0].trouble, { frozen: true });
    const waiting = pages.next();
    controller.abort();
    expect(await waiting).toMatchObject({ done: true });
  });

  test.each(["abort", "close"] as const)("ends by %s while it reads from a frozen one", async (how) => {
    const { nodes, connectionString } = await engine();
    const store = openStore(connectionString, { limits: { ...limits, readMs: 60_000 } });
    await store.head();
    nodes[0] && Object.assign(nodes[0].trouble, { frozen: true });
    const controller = new AbortController();
    const pages = store.subscribe({ after: undefined, signal: controller.signal })[Symbol.asyncIterator]();
    const waiting = pages.next();
    await eventually(() => ((nodes[0]?.asked.get("read") ?? 0) > 1 ? true : undefined));
    if (how === "abort") controller.abort();
    else await store.close();
    expect(await waiting).toMatchObject({ done: true });
  });
});

describe("a reader", () => {
  test("asks the engine for nothing while its reader does not come back", async () => {
    const { nodes, connectionString } = await engine();
    const store = openStore(connectionString, { limits: { ...limits, lookMs: 20 } });
    const pages = store
      .subscribe({ after: undefined, signal: new AbortController().signal })
      [Symbol.asyncIterator]();
    afterwards(() => pages.return?.());
    await pages.next();
    const before = nodes[0]?.asked.get("read") ?? 0;
    const writer = openStore(connectionString);
    await writer.append("machine-1", { expectedRevision: "no-stream", events: events(1_200) });
    await eventually(() => ((nodes[0]?.asked.get("subscribe message") ?? 0) > 1_200 ? true : undefined));
    // The writer's: the log's name, and the stream after the append.
    expect((nodes[0]?.asked.get("read") ?? 0) - before).toBeLessThan(5);
    expect((await pages.next()).value?.events).toHaveLength(1_000);
    expect((await pages.next()).value?.events).toHaveLength(200);
  });
});

test("a page with a filter looks at no more than its share, and tells how far", async () => {
  const { connectionString } = await engine();
  const store = openStore(connectionString);
  for (let n = 0; n < 5; n++)
    await store.append(`machine-${n}`, { expectedRevision: "any", events: events(1_000) });
  const filter = { types: ["Never"] };
  const first = await store.readAll({ after: undefined, limit: 10, filter });
  expect(first).toMatchObject({ events: [], caughtUp: false });
  const second = await store.readAll({ after: first.position, limit: 10, filter });
  expect(second).toEqual({ events: [], caughtUp: true, position: await store.head() });
});
