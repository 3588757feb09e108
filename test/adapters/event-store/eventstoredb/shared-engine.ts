import { stoppable } from "../../../../src/adapters/event-store/stoppable.ts";
import type {
  EventFilter,
  EventStore,
  LogPage,
  RecordedEvent,
} from "../../../../src/domain/ports/event-store.ts";
import vectors from "../../../fixtures/event-hash.json" with { type: "json" };

/** Published hashes cover the name of the stream. */
const keptNames = new Set(vectors.chains.flatMap(({ events }) => events.map(({ stream }) => stream)));

/**
 * An engine has one log. For a suite whose tests have one each: the log from its present end on, and streams with names
 * of this test's own, in the same categories. Those of the published hashes keep theirs, so an engine can be used once.
 */
export async function logOfItsOwn(store: EventStore, suffix: string): Promise<EventStore> {
  const begin = await store.head();
  const dashed = `-${suffix}`;
  const own = (stream: string) => stream + (stream.includes("-") ? suffix : dashed);
  const outer = (stream: string) => (keptNames.has(stream) ? stream : own(stream));
  const inner = (event: RecordedEvent) => ({
    ...event,
    stream: event.stream.replace(dashed, "").replace(suffix, ""),
  });
  const filterOf = (filter: EventFilter) => ({
    ...filter,
    ...(filter.streams && { streams: filter.streams.map(outer) }),
  });
  const shown = ({ events, position, caughtUp }: LogPage): LogPage => ({
    events: events.map(inner),
    position: position === begin ? undefined : position,
    caughtUp,
  });

  return {
    append: (stream, batch) => store.append(outer(stream), batch),
    readStream: async (stream, slice) => (await store.readStream(outer(stream), slice)).map(inner),
    readAll: async ({ after = begin, limit, filter }) =>
      shown(await store.readAll({ after, limit, ...(filter && { filter: filterOf(filter) }) })),
    subscribe: ({ after = begin, filter, signal: outside }) =>
      stoppable(outside, async function* (signal) {
        const own = { after, signal, ...(filter && { filter: filterOf(filter) }) };
        for await (const page of store.subscribe(own)) yield shown(page);
      }),
    async head() {
      const head = await store.head();
      return head === begin ? undefined : head;
    },
    close: () => store.close(),
  };
}
