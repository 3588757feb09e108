import { expect, test } from "vitest";
import { createMemoryEventStore } from "../../../src/adapters/event-store/memory/memory-event-store.ts";
import type { Projector } from "../../../src/projections/projector.ts";
import { leases } from "../../../src/projections/views/leases.ts";
import { projectorOn, temporaryDirectory } from "../../projections/view-files.ts";
import { startApi } from "./support/api.ts";
import { smallFleet } from "./support/fleet.ts";

test("a moment waits for no view that is being built", async () => {
  const store = createMemoryEventStore(() => new Date());
  const projector = await projectorOn(store, temporaryDirectory());
  const withoutLeases: Projector = {
    ...projector,
    status: () =>
      projector
        .status()
        .map((each) =>
          each.view === leases.name ? { ...each, shownVersion: undefined, position: undefined } : each,
        ),
    waitFor: async (position, { view, timeoutMs }) =>
      view !== undefined && view !== leases.name && projector.waitFor(position, { view, timeoutMs }),
  };
  const api = await startApi({ store, projector: withoutLeases, waitMs: 20_000 });
  const { a } = await smallFleet(api);
  const query = "query ($id: ID, $at: Moment) { machine(id: $id, at: $at) { name } }";
  for (const at of [{ time: new Date().toISOString() }, { position: await store.head() }]) {
    const { data, errors } = await api.ask(query, { id: a.id, at });
    expect([errors, data]).toEqual([[], { machine: { name: a.name } }]);
  }
});
