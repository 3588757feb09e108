import { sharedTail } from "../../src/adapters/event-store/shared-tail.ts";
import { openLogReader } from "../../src/adapters/event-store/sqlite/open-reader.ts";
import { createSqliteEventStore } from "../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import type { EventStore, Position } from "../../src/domain/ports/event-store.ts";
import { newId } from "../../src/ids.ts";
import { latenciesOf } from "../api/load.ts";
import { withLogThread } from "../log-thread.ts";

export interface FanoutFigures {
  /** From the call that appends an event until each of 100 subscribers has it, the slowest of a hundred. */
  readonly fanout_p99_ms: number;
  readonly fanout_p50_ms: number;
}

const subscribers = 100;

/** Between two events, milliseconds: feeds are measured, not a queue. */
const pauseMs = 20;

/** As the thread of the API gathers. */
const gatherMsMax = 100;

/** Events before the first that counts: code is compiled meanwhile. */
const warmUp = 50;

/** Follows the log by a hundred subscriptions of one store, as the thread of the API does. */
export async function measureFanout(events: number, parent: string | undefined): Promise<FanoutFigures> {
  return withLogThread(parent, async ({ logDirectory, thread }) => {
    const writer = createSqliteEventStore(thread.connect());
    await appendOne(writer, 0);
    const reader = openLogReader(logDirectory);
    const store = sharedTail(createSqliteEventStore(thread.connect(), { reader }), {
      pauseMsMax: gatherMsMax,
    });
    try {
      const took = await latenciesMs({ writer, store, events });
      const { p50, p99 } = latenciesOf(took.slice(warmUp * subscribers));
      return { fanout_p99_ms: p99, fanout_p50_ms: p50 };
    } finally {
      await writer.close();
      await store.close();
      reader.close();
    }
  });
}

interface Followed {
  readonly writer: EventStore;
  readonly store: EventStore;
  readonly events: number;
}

async function latenciesMs({ writer, store, events }: Followed): Promise<readonly number[]> {
  const abort = new AbortController();
  const arrivals: { readonly position: Position; readonly atMs: number }[] = [];
  const after = await store.head();
  const following = Array.from({ length: subscribers }, async () => {
    for await (const page of store.subscribe({ after, signal: abort.signal })) {
      const atMs = performance.now();
      for (const { position } of page.events) arrivals.push({ position, atMs });
    }
  });
  const sent = new Map<Position, number>();
  for (let index = 1; index <= warmUp + events; index++) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const atMs = performance.now();
    sent.set(await appendOne(writer, index), atMs);
  }
  const deadline = performance.now() + 30_000;
  while (arrivals.length < sent.size * subscribers) {
    if (performance.now() > deadline) throw new Error("a subscriber missed an event");
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  abort.abort();
  await Promise.all(following);
  return arrivals.map(({ position, atMs }) => atMs - (sent.get(position) ?? Number.NaN));
}

async function appendOne(store: EventStore, index: number): Promise<Position> {
  const id = newId();
  const meta = { actor: "user:bench", source: "bench", $correlationId: id, $causationId: id };
  const event = {
    id,
    type: "LabelsChanged",
    schema: 1,
    data: { set: { n: `v${index}` }, removed: [] },
    meta,
  };
  const result = await store.append(`machine-${id}`, { expectedRevision: "no-stream", events: [event] });
  if (result.outcome !== "appended") throw new Error(`an append was a ${result.outcome}`);
  return result.position;
}
