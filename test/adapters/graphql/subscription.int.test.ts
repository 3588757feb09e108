import { createClient } from "graphql-ws";
import { describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { createMemoryEventStore } from "../../../src/adapters/event-store/memory/memory-event-store.ts";
import type { EventFilter, EventReader, EventStore } from "../../../src/domain/ports/event-store.ts";
import { allEvents, dice, record } from "../../support/history.ts";
import { samples } from "../../support/samples.ts";
import { startApi } from "./support/api.ts";
import { connect, eventsQuery, type FeedItem, itemsOf, type RawSocket, subscribe } from "./support/socket.ts";

const waiting = { timeout: 30_000, interval: 20 };
const chance = dice(7);

/** Appends an event to each of these boot streams. */
async function happen(store: EventStore, ...numbers: readonly number[]): Promise<void> {
  for (const number of numbers) {
    await record(
      store,
      { stream: `boot-52:54:00:00:00:${10 + number}`, events: [samples.BootFileServed] },
      chance,
    );
  }
}

const positionsOf = (items: readonly FeedItem[]) =>
  items.filter(({ __typename }) => __typename === "Event").map(({ position }) => position);
const positionsIn = async (store: EventStore) => (await allEvents(store)).map(({ position }) => position);

/** What every log begins with: whoever holds the first token. */
const firstTypes = ["PrincipalAdded", "AccessRoleGranted", "AccessTokenIssued"];

describe("following the log", () => {
  test("shows the past, says so, and goes on live", async () => {
    const api = await startApi();
    const socket = await connect(api);
    subscribe(socket, "1");
    await vi.waitUntil(() => itemsOf(socket, "1").length === 4, waiting);
    const head = await api.store.head();
    expect(itemsOf(socket, "1")).toMatchObject([
      ...firstTypes.map((type) => ({ __typename: "Event", type })),
      { __typename: "CaughtUp", position: head },
    ]);
    await happen(api.store, 1, 2);
    await vi.waitUntil(() => itemsOf(socket, "1").length === 6, waiting);
    expect(positionsOf(itemsOf(socket, "1"))).toEqual(await positionsIn(api.store));
  });

  test("works with the client that user interfaces use", async () => {
    const api = await startApi();
    const connectionParams = { authorization: `Bearer ${api.token}` };
    const client = createClient({
      url: `${api.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams,
    });
    const types: unknown[] = [];
    for await (const { data } of client.iterate<{ events: FeedItem }>({ query: eventsQuery })) {
      types.push(data?.events.type);
      if (data?.events.__typename === "CaughtUp") break;
    }
    expect(types).toEqual([...firstTypes, undefined]);
    await client.dispose();
  });

  test("leaves out what the filter does not name, and still tells how far it looked", async () => {
    const api = await startApi({ heartbeatMs: 50 });
    const socket = await connect(api);
    const stream = "boot-52:54:00:00:00:12";
    subscribe(socket, "stream", { filter: { stream: { eq: stream } } });
    subscribe(socket, "type", { filter: { type: { in: ["BootFileServed"] } } });
    subscribe(socket, "actor", { filter: { actor: { eq: "system" } } });
    subscribe(socket, "nothing", { filter: { correlationId: { eq: "none" } } });
    await happen(api.store, 1, 2, 3);
    const head = await api.store.head();
    await vi.waitUntil(
      () =>
        itemsOf(socket, "nothing").some((item) => item.__typename === "Heartbeat" && item.position === head),
      waiting,
    );
    await vi.waitUntil(() => positionsOf(itemsOf(socket, "type")).length === 3, waiting);
    await vi.waitUntil(() => positionsOf(itemsOf(socket, "stream")).length === 1, waiting);
    expect(itemsOf(socket, "stream").find(({ type }) => type)).toMatchObject({ stream });
    expect(itemsOf(socket, "actor").flatMap(({ type }) => type ?? [])).toEqual(firstTypes);
    expect(positionsOf(itemsOf(socket, "nothing"))).toEqual([]);
  });
});

describe("a feed of the log", () => {
  test("leaves out what is too far behind when it is told to, and says so", async () => {
    const api = await startApi();
    await happen(api.store, 1, 2, 3);
    const [after = "", , , , , head] = await positionsIn(api.store);
    await api.ask("query ($p: EventPosition) { machines(minPosition: $p) { nodes { id } } }", { p: head });
    const socket = await connect(api);
    const feed = (maxLag: number) => ({
      query: `subscription ($after: EventPosition) { events(after: $after, maxLag: ${maxLag}) {
        __typename ... on Event { position } ... on Gap { from to position } ... on CaughtUp { position } } }`,
      variables: { after },
    });
    socket.send({ type: "subscribe", id: "near", payload: feed(5) });
    socket.send({ type: "subscribe", id: "far", payload: feed(4) });
    socket.send({ type: "subscribe", id: "none", payload: feed(0) });
    await vi.waitUntil(() => itemsOf(socket, "near").length === 6, waiting);
    await vi.waitUntil(() => itemsOf(socket, "far").length === 2, waiting);
    expect(itemsOf(socket, "far")).toEqual([
      { __typename: "Gap", from: after, to: head, position: head },
      { __typename: "CaughtUp", position: head },
    ]);
    const { payload } = await socket.message(({ type, id }) => type === "error" && id === "none");
    expect(payload).toMatchObject([{ extensions: { code: "INPUT_INVALID", field: "maxLag" } }]);
  });

  test("is refused from a position of another log", async () => {
    const api = await startApi();
    const socket = await connect(api);
    for (const [id, after] of [
      ["1", "ffffffffffffffff.000100000000.0000000000000001"],
      ["2", "nonsense"],
    ] as const) {
      subscribe(socket, id, { after });
      const { payload } = await socket.message((message) => message.type === "error" && message.id === id);
      expect(payload).toMatchObject([{ extensions: { code: "POSITION_UNKNOWN" } }]);
    }
  });
});

describe("a connection that breaks", () => {
  test("loses nothing and doubles nothing when it is taken up again where it was", async () => {
    const api = await startApi();
    const seen: string[] = [];
    for (let connection = 1; connection <= 6; connection++) {
      const writing = happen(api.store, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5);
      const socket = await connect(api);
      subscribe(socket, "1", { after: seen.at(-1) });
      await vi.waitUntil(() => positionsOf(itemsOf(socket, "1")).length >= connection, waiting);
      socket.socket.terminate();
      await socket.closed;
      seen.push(...positionsOf(itemsOf(socket, "1")));
      await writing;
    }
    const socket = await connect(api);
    subscribe(socket, "1", { after: seen.at(-1) });
    const expected = await positionsIn(api.store);
    await vi.waitUntil(
      () => seen.length + positionsOf(itemsOf(socket, "1")).length >= expected.length,
      waiting,
    );
    expect([...seen, ...positionsOf(itemsOf(socket, "1"))]).toEqual(expected);
  });
});

describe("a reader that stalls", () => {
  test("costs a page or two, holds up nobody else, and finds everything when it reads again", async () => {
    const { store, pagesOf } = countingStore();
    const { followed, takenOf } = countingTail();
    // However slow this machine is, the client is not to be taken for dead.
    const api = await startApi({ store, followed, sockets: { pingMs: 600_000 } });
    const stalled = await connect(api);
    const stream = "boot-52:54:00:00:00:01";
    stalled.socket.pause();
    const stalledFilter = { stream: { in: [stream] } };
    stalled.send({ type: "subscribe", id: "stalled", payload: wholeEvents(stalledFilter) });
    await vi.waitUntil(() => pagesOf({ streams: [stream] }) === 1, waiting);

    const events = Array.from({ length: 100 }, () => ({ ...samples.BootRefused, data: refusal }));
    for (let batch = 0; batch < 60; batch++) await record(store, { stream, events }, chance);
    const expected = (await store.readStream(stream)).map(({ position }) => position);

    const reader = await connect(api);
    reader.send({ type: "subscribe", id: "reader", payload: wholeEvents({ type: { eq: "BootRefused" } }) });
    await vi.waitUntil(() => positionsOf(itemsOf(reader, "reader")).length === expected.length, waiting);
    expect(pagesOf({ types: ["BootRefused"] })).toBeGreaterThanOrEqual(5);
    expect(pagesOf({ streams: [stream] })).toBeLessThanOrEqual(3);
    // The buffers of the connection have some of them, and the feed has a page.
    expect(takenOf({ types: ["BootRefused"] })).toBe(expected.length);
    expect(takenOf({ streams: [stream] })).toBeLessThan(expected.length / 2);

    stalled.socket.resume();
    await vi.waitUntil(() => positionsOf(itemsOf(stalled, "stalled")).length === expected.length, waiting);
    expect(positionsOf(itemsOf(stalled, "stalled"))).toEqual(expected);
  });

  test("is let go when its client is gone", async () => {
    const { store, pulled } = countingStore();
    const api = await startApi({ store });
    const socket = await connect(api);
    for (const id of ["1", "2", "3"]) subscribe(socket, id);
    await vi.waitUntil(() => pulled.filter(({ pages }) => pages > 0).length === 3, waiting);
    socket.send({ type: "complete", id: "2" });
    await vi.waitUntil(() => pulled.filter(({ ended }) => ended).length === 1, waiting);
    socket.socket.terminate();
    await vi.waitUntil(() => pulled.every(({ ended }) => ended), waiting);
  });

  test("is let go as often as it comes back", async () => {
    const { store, pulled } = countingStore();
    const api = await startApi({ store });
    const socket: RawSocket = await connect(api);
    for (let number = 1; number <= 200; number++) {
      subscribe(socket, `${number}`);
      socket.send({ type: "complete", id: `${number}` });
      if (number % 10 === 0) await pong(socket, number / 10);
    }
    subscribe(socket, "last");
    await socket.message(({ type, id }) => type === "next" && id === "last");
    await vi.waitUntil(() => pulled.filter(({ ended }) => !ended).length === 1, waiting);
  });
});

/** Larger than any that is recorded: a few pages of them do not fit into the buffers of a connection. */
const refusal = { ...samples.BootRefused.data, message: "x".repeat(5_000) };
const wholeEvents = (filter: object) => ({
  query: `subscription ($filter: EventFilter) {
    events(filter: $filter) { __typename ... on Event { position data } } }`,
  variables: { filter },
});

/** Waits until the server has come to the messages that were sent before. */
async function pong(socket: RawSocket, count: number): Promise<void> {
  socket.send({ type: "ping" });
  await vi.waitUntil(() => socket.received.filter(({ type }) => type === "pong").length >= count, waiting);
}

/** A log that tells how many pages feeds of events have taken from it, and which of them still follow. */
function countingStore() {
  const store = createMemoryEventStore(() => new Date());
  const pulled: { readonly filter: string; pages: number; readonly ended: boolean }[] = [];
  const subscribeCounting: EventReader["subscribe"] = (subscription) => {
    const pages = store.subscribe(subscription);
    // The registry of tokens and the views follow the log as well, each with a filter of its own or none.
    if (!subscription.filter || "categories" in subscription.filter) return pages;
    const { signal, filter } = subscription;
    const count = {
      filter: JSON.stringify(filter),
      pages: 0,
      get ended() {
        return signal.aborted;
      },
    };
    pulled.push(count);
    return {
      async *[Symbol.asyncIterator]() {
        for await (const page of pages) {
          count.pages++;
          yield page;
        }
      },
    };
  };
  /** A feed that fell behind what is kept for all of them reads by itself again. */
  const pagesOf = (filter: EventFilter) =>
    pulled
      .filter((count) => count.filter === JSON.stringify(filter))
      .reduce((sum, { pages }) => sum + pages, 0);
  return { store: { ...store, subscribe: subscribeCounting }, pulled, pagesOf };
}

/** Counts the events that feeds were handed, whether from the log or from what is kept for all of them. */
function countingTail() {
  const taken = new Map<string, number>();
  const followed = (tail: EventStore): EventStore => ({
    ...tail,
    async *subscribe(subscription) {
      const filter = JSON.stringify(subscription.filter);
      for await (const page of tail.subscribe(subscription)) {
        taken.set(filter, (taken.get(filter) ?? 0) + page.events.length);
        yield page;
      }
    },
  });
  return { followed, takenOf: (filter: EventFilter) => taken.get(JSON.stringify(filter)) ?? 0 };
}
