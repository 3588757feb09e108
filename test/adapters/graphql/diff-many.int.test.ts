import { describe, expect, test } from "vitest";
import { createMemoryEventStore } from "../../../src/adapters/event-store/memory/memory-event-store.ts";
import type { GraphqlContext } from "../../../src/adapters/graphql/context.ts";
import { diffOf } from "../../../src/adapters/graphql/travel/diff.ts";
import type { EventStore } from "../../../src/domain/ports/event-store.ts";
import { ask, startApi } from "./support/api.ts";
import { smallFleet } from "./support/fleet.ts";
import { command } from "./support/machines.ts";

/** A diff of machines that nothing is known of. `onRead`: told of each, with how many were read by then. */
function diffOfMachines(count: number, signal: AbortSignal, onRead: (reads: number) => void) {
  const found = Array.from({ length: count }, (_, number) => ({ row: { stream: `machine-${number}` } }));
  let reads = 0;
  const context: unknown = {
    log: {
      async readStream() {
        onRead(++reads);
        return [];
      },
    },
    views: { lists: { events: { page: () => found } } },
    sight: { sees: () => true },
    signal,
  };
  const [from, to] = [0, count].map((ordinal) => ({ position: String(ordinal), ordinal }));
  if (!from || !to) throw new Error("there are two moments");
  return diffOf({ of: undefined, from, to }, context as GraphqlContext);
}

describe("a diff of many things", () => {
  test("lets others have the thread between any two", async () => {
    let turns = 0;
    let isOver = false;
    const turn = () => {
      turns++;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    await diffOfMachines(100, new AbortController().signal, () => undefined);
    isOver = true;
    expect(turns).toBeGreaterThanOrEqual(99);
  });

  test("reads nothing more for whoever is gone", async () => {
    const gone = new AbortController();
    let last = 0;
    const told = await diffOfMachines(100, gone.signal, (reads) => {
      last = reads;
      if (reads === 3) gone.abort();
    });
    expect([last, told.truncated]).toEqual([3, true]);
  });

  test("ends when the connection of its request does", async () => {
    const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const store = createMemoryEventStore(() => new Date());
    let reads: string[] | undefined;
    const watched: EventStore = {
      ...store,
      async readStream(stream, slice) {
        if (!reads) return store.readStream(stream, slice);
        reads.push(stream);
        begun.resolve();
        await goOn.promise;
        return store.readStream(stream, slice);
      },
    };
    const api = await startApi({ store: watched });
    const { a, b } = await smallFleet(api);
    const from = { position: await store.head() };
    for (const { id } of [a, b]) await command(store, id, { type: "LockMachine" });
    await ask(
      api,
      "query ($minPosition: EventPosition) { machines(minPosition: $minPosition) { nodes { id } } }",
    );
    reads = [];
    const leaving = new AbortController();
    const asked = fetch(`${api.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${api.token}` },
      body: JSON.stringify({
        query: "query ($from: Moment!) { diff(from: $from) { truncated } }",
        variables: { from },
      }),
      signal: leaving.signal,
    });
    await begun.promise;
    leaving.abort();
    await expect(asked).rejects.toThrow("aborted");
    // The service has seen that by the time it has answered somebody else.
    await api.ask("{ __typename }");
    goOn.resolve();
    await api.ask("{ __typename }");
    await api.close();
    expect(reads).toHaveLength(1);
  });
});
