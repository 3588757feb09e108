import { expect, test } from "vitest";
import { createMemoryEventStore } from "../../../src/adapters/event-store/memory/memory-event-store.ts";
import { projectorOn, temporaryDirectory } from "../../projections/view-files.ts";
import { ask, startApi } from "./support/api.ts";
import { inspect } from "./support/machines.ts";

test("the events of a timeline wait for the index of events, which may lag behind the timeline", async () => {
  const store = createMemoryEventStore(() => new Date());
  const real = await projectorOn(store, temporaryDirectory());
  const waited: unknown[] = [];
  const projector: typeof real = {
    ...real,
    waitFor(position, options) {
      if (options.view === "events-index") waited.push(position);
      return real.waitFor(position, options);
    },
  };
  const api = await startApi({ store, projector });
  const id = await inspect(store);
  const query = `query ($id: ID, $minPosition: EventPosition) {
    machine(id: $id, minPosition: $minPosition) { timeline { nodes { position event { position } } } }
  }`;
  const { nodes } = (await ask(api, query, { id })).machine.timeline;
  expect(nodes.length).toBeGreaterThan(1);
  for (const { position, event } of nodes) expect(event.position).toBe(position);
  const last = nodes
    .map(({ position }: { position: string }) => position)
    .toSorted()
    .at(-1);
  // The question itself waits for all views to show the head.
  expect(waited).toEqual([await store.head(), last]);
});
