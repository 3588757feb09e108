import { describe, expect, test, vi } from "vitest";
import { dice, record } from "../../support/history.ts";
import { plan, samples } from "../../support/samples.ts";
import { startApi, type TestApi } from "./support/api.ts";
import { command, discover, inspect, macOf } from "./support/machines.ts";
import { connect, type RawSocket } from "./support/socket.ts";

const waiting = { timeout: 30_000, interval: 20 };
const chance = dice(31);

const machinesQuery = `subscription ($after: EventPosition, $filter: MachineFilter, $search: String, $ids: [ID!]) {
  machineChanged(after: $after, filter: $filter, search: $search, ids: $ids) {
    __typename
    ... on MachineChange { machineId machine { state name revision } types left position }
    ... on CaughtUp { position }
    ... on Heartbeat { position }
    ... on Gap { from to position }
  }
}`;

const runsQuery = `subscription ($after: EventPosition, $runId: ID, $machineId: ID) {
  runProgress(after: $after, runId: $runId, machineId: $machineId) {
    __typename
    ... on RunChange { run { runId state stage } types position }
    ... on CaughtUp { position }
    ... on Heartbeat { position }
    ... on Gap { from to position }
  }
}`;

/** Follows a feed; `items`: what it brought so far, without heartbeats. */
function follow(socket: RawSocket, query: string, variables: object = {}) {
  const id = `${Math.random()}`;
  socket.send({ type: "subscribe", id, payload: { query, variables } });
  const messages = () => socket.received.filter((message) => message.id === id);
  return {
    items: () =>
      messages()
        .filter(({ type }) => type === "next")
        .flatMap(({ payload }) => Object.values(payload.data))
        // biome-ignore lint/suspicious/noExplicitAny: tests look into items of every shape, and assert what they find.
        .filter((item: any) => item.__typename !== "Heartbeat") as any[],
    completed: () => messages().some(({ type }) => type === "complete"),
    errors: () => messages().flatMap(({ type, payload }) => (type === "error" ? payload : [])),
  };
}

async function until<Value>(value: () => Value, fits: (value: Value) => boolean): Promise<Value> {
  await vi.waitUntil(() => fits(value()), waiting);
  return value();
}

/** Follows machines from now on. */
async function followMachines(api: TestApi, variables: object = {}) {
  const feed = follow(await connect(api), machinesQuery, variables);
  await until(feed.items, (items) => items.length > 0 || feed.errors().length > 0);
  return feed;
}

const changesOf = (items: readonly { readonly __typename: string }[]) =>
  items.filter(({ __typename }) => __typename === "MachineChange" || __typename === "RunChange");

describe("following machines", () => {
  test("begins now, and shows each as it is at least at the event", async () => {
    const api = await startApi();
    const first = await discover(api.store, 1);
    const head = await api.store.head();
    const feed = await followMachines(api);
    expect(feed.items()).toEqual([{ __typename: "CaughtUp", position: head }]);
    const second = await inspect(api.store, 2);
    await command(api.store, first, { type: "LockMachine" });
    const changes = await until(
      () => changesOf(feed.items()),
      (items) => JSON.stringify(items).includes("MachineLocked"),
    );
    expect(changes.at(-1)).toMatchObject({
      machineId: first,
      machine: { state: "DISCOVERED", revision: 1 },
      types: ["MachineLocked"],
      left: false,
      position: await api.store.head(),
    });
    expect(new Set(changes.map((change) => Object(change).machineId))).toEqual(new Set([first, second]));
  });

  test("tells once of one that stops to meet the conditions, and nothing of others", async () => {
    const api = await startApi();
    const [first, second] = [await inspect(api.store, 1), await inspect(api.store, 2)];
    await command(api.store, second, { type: "ApproveMachine" });
    const feed = await followMachines(api, { filter: { state: { eq: "DISCOVERED" } } });
    await command(api.store, second, { type: "LockMachine" });
    await command(api.store, first, { type: "ApproveMachine" });
    await command(api.store, first, { type: "LockMachine" });
    const third = await discover(api.store, 3);
    const changes = await until(
      () => changesOf(feed.items()),
      (items) => JSON.stringify(items).includes(third),
    );
    expect(changes.map((change) => [Object(change).machineId, Object(change).left])).toEqual([
      [first, true],
      [third, false],
    ]);
  });
});

describe("a feed of machines", () => {
  test("takes up where it was, and puts together what came in between", async () => {
    const api = await startApi();
    const id = await inspect(api.store, 1);
    const after = await api.store.head();
    await command(api.store, id, { type: "ApproveMachine" });
    await command(api.store, id, { type: "LockMachine" });
    await command(api.store, id, { type: "UnlockMachine" });
    const feed = await followMachines(api, { after });
    const items = await until(feed.items, (all) => all.length === 2);
    expect(items).toMatchObject([
      {
        machineId: id,
        machine: { state: "READY" },
        types: ["MachineApproved", "MachineLocked", "MachineUnlocked"],
        position: await api.store.head(),
      },
      { __typename: "CaughtUp" },
    ]);
  });

  test("goes by ids, by search, and by what happens to interfaces", async () => {
    const api = await startApi();
    const [first, second] = [await discover(api.store, 1), await discover(api.store, 2)];
    const socket = await connect(api);
    const byId = follow(socket, machinesQuery, { ids: [second, "nobody"] });
    const bySearch = follow(socket, machinesQuery, { search: `id:${first}` });
    await until(
      () => [byId, bySearch],
      (feeds) => feeds.every(({ items }) => items().length === 1),
    );
    for (const number of [1, 2]) {
      const stream = `boot-${macOf(number)}`;
      await record(api.store, { stream, events: [samples.BootFileServed] }, chance);
    }
    const [ofIds, ofSearch] = [byId, bySearch].map(
      ({ items }) =>
        () =>
          changesOf(items()),
    );
    await until(
      () => [...(ofIds?.() ?? []), ...(ofSearch?.() ?? [])],
      (all) => all.length === 2,
    );
    expect(ofIds?.()).toMatchObject([{ machineId: second, types: ["BootFileServed"] }]);
    expect(ofSearch?.()).toMatchObject([{ machineId: first, types: ["BootFileServed"] }]);
  });

  test.each([
    [{ search: "nonsense:1" }, { field: "search", problems: [{ column: 1, length: 8 }] }],
    [{ ids: Array.from({ length: 1_001 }, () => "x") }, { field: "ids" }],
  ])("is refused for %#", async (variables, extensions) => {
    const api = await startApi();
    const feed = await followMachines(api, variables);
    expect(feed.errors()).toMatchObject([{ extensions: { code: "INPUT_INVALID", ...extensions } }]);
  });
});

describe("a feed of machines that is far behind", () => {
  test("leaves out what it missed, says so, and goes on", async () => {
    const api = await startApi();
    const id = await discover(api.store, 1);
    const after = await api.store.head();
    const events = Array.from({ length: 500 }, () => samples.BootFileServed);
    for (let batch = 0; batch < 21; batch++) {
      await record(api.store, { stream: `boot-${macOf(1)}`, events }, chance);
    }
    const head = await api.store.head();
    await api.ask("query ($p: EventPosition) { machines(minPosition: $p) { nodes { id } } }", { p: head });
    const feed = await followMachines(api, { after });
    const items = await until(feed.items, (all) => all.length === 2);
    expect(items).toEqual([
      { __typename: "Gap", from: after, to: head, position: head },
      { __typename: "CaughtUp", position: head },
    ]);
    await command(api.store, id, { type: "LockMachine" });
    const changes = await until(
      () => changesOf(feed.items()),
      (all) => all.length === 1,
    );
    expect(changes).toMatchObject([{ types: ["MachineLocked"] }]);
  });
});

describe("following runs", () => {
  async function deployed(api: TestApi) {
    const id = await inspect(api.store);
    await command(api.store, id, { type: "ApproveMachine" });
    const { run, environment, image } = plan;
    await command(api.store, id, { type: "DeployMachine", run, environment, image });
    return { id, run };
  }

  test("shows one from what it is to its end, and is over then", async () => {
    const api = await startApi();
    const { id, run } = await deployed(api);
    const feed = follow(await connect(api), runsQuery, { runId: run });
    await until(feed.items, (items) => items.length === 2);
    expect(feed.items()).toMatchObject([
      { __typename: "RunChange", run: { runId: run, state: "ALLOCATED" }, types: [] },
      { __typename: "CaughtUp" },
    ]);
    await command(api.store, id, { type: "RetireMachine" });
    await until(feed.completed, (completed) => completed);
    expect(feed.items().at(-1)).toMatchObject({ run: { state: "FAILED" }, types: expect.any(Array) });

    const again = follow(await connect(api), runsQuery, { runId: run });
    await until(again.completed, (completed) => completed);
    expect(again.items()).toMatchObject([{ run: { state: "FAILED" }, types: [] }]);
  });

  test("shows those of one machine, and no others", async () => {
    const api = await startApi();
    const other = await discover(api.store, 9);
    const head = await api.store.head();
    const socket = await connect(api);
    const id = await inspect(api.store);
    const [mine, others] = [id, other].map((machineId) =>
      follow(socket, runsQuery, { machineId, after: head }),
    );
    await command(api.store, id, { type: "ApproveMachine" });
    const { run, environment, image } = plan;
    await command(api.store, id, { type: "DeployMachine", run, environment, image });
    const changes = await until(
      () => changesOf(mine?.items() ?? []),
      (all) => all.length > 0,
    );
    expect(changes[0]).toMatchObject({ run: { runId: run, state: "ALLOCATED" } });
    expect(changesOf(others?.items() ?? [])).toEqual([]);
  });

  test.each([
    [{ runId: "nobody" }, "runId"],
    [{ machineId: "nobody" }, "machineId"],
  ])("is refused for %j", async (variables, field) => {
    const api = await startApi();
    const feed = follow(await connect(api), runsQuery, variables);
    await until(feed.errors, (errors) => errors.length > 0);
    expect(feed.errors()).toMatchObject([{ extensions: { code: "INPUT_INVALID", field } }]);
  });
});
