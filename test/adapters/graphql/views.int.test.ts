import { describe, expect, onTestFinished, test } from "vitest";
import type { GraphqlContext } from "../../../src/adapters/graphql/context.ts";
import { viewFeed } from "../../../src/adapters/graphql/feeds/view-feed.ts";
import type { EventReader } from "../../../src/domain/ports/event-store.ts";
import type { ViewStatus } from "../../../src/projections/projector.ts";
import type { View } from "../../../src/projections/view.ts";
import { allViews } from "../../../src/projections/views/all.ts";
import { machines } from "../../../src/projections/views/machines.ts";
import { projectorOn, temporaryDirectory } from "../../projections/view-files.ts";
import { memoryLog } from "../../support/recording.ts";
import { ask, startApi } from "./support/api.ts";
import { discover } from "./support/machines.ts";

const retry = (view: string) => `mutation { retryView(input: { view: "${view}" }) {
  userErrors { code message field } position view { state stoppedBefore { type } } } }`;
const views = `{ service { views { name state stoppedBefore { eventId position type stream revision message } } } }`;

/** An API whose view of machines cannot apply a discovery until it is cured. */
async function sickApi() {
  const store = memoryLog();
  await discover(store);
  const cure = { isThere: false };
  const sick: View = {
    ...machines,
    apply(event, ...rest) {
      if (event.type === "MachineDiscovered" && !cure.isThere) throw new Error("cannot be");
      machines.apply(event, ...(rest as [never, never]));
    },
  };
  const projector = await projectorOn(store, temporaryDirectory(), {
    views: allViews.map((view) => (view.name === machines.name ? sick : view)),
    notify: () => undefined,
  });
  await projector.caughtUp();
  return { api: await startApi({ store, projector }), cure };
}

describe("a view that stopped before an event", () => {
  test("is shown with the event, and the others go on", async () => {
    const { api } = await sickApi();
    const { service } = await ask(api, views);
    const [stopped, ...more] = service.views.filter(({ stoppedBefore }: never) => stoppedBefore !== null);
    expect(stopped).toMatchObject({
      name: "machines",
      state: "STOPPED",
      stoppedBefore: {
        type: "MachineDiscovered",
        stream: expect.stringMatching(/^machine-/),
        revision: 0,
        message: "Error: cannot be",
      },
    });
    expect(more).toEqual([]);
  });

  test("is tried again, in vain and then with success", async () => {
    const { api, cure } = await sickApi();
    const { retryView: refused } = await ask(api, retry("machines"));
    expect(refused).toMatchObject({
      userErrors: [{ code: "VIEW_POISONED", field: "view", message: expect.stringContaining("cannot be") }],
      view: { state: "STOPPED", stoppedBefore: { type: "MachineDiscovered" } },
    });
    cure.isThere = true;
    const { retryView: accepted } = await ask(api, retry("machines"));
    expect(accepted).toMatchObject({ userErrors: [], position: null, view: { stoppedBefore: null } });
  });
});

/** An API whose views have read nothing of a log of two machines until the log is let go. */
async function buildingApi() {
  const store = memoryLog();
  await discover(store);
  const held = Promise.withResolvers<void>();
  const reader: EventReader = {
    ...store,
    async readAll(query) {
      await held.promise;
      return store.readAll(query);
    },
  };
  const projector = await projectorOn(reader, temporaryDirectory(), {
    lagEvents: ({ events }) => 3 - events,
  });
  // Before the projector is closed, which waits for what it has asked for.
  onTestFinished(() => held.resolve());
  return { api: await startApi({ store, projector }), projector, letGo: held.resolve };
}

describe("views that are built for the first time", () => {
  const machinesQuery = "{ machines { nodes { id } } }";

  test("answer that they are, and how far, instead of with nothing", async () => {
    const { api, projector, letGo } = await buildingApi();
    const { data, errors } = await api.ask(machinesQuery);
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      {
        message: "the view fleet is being built and answers when it is done: it has 0 of 3 events",
        extensions: { code: "PROJECTION_BUILDING", view: "fleet", events: 0, total: 3, etaSeconds: null },
      },
    ]);
    const { service } = await ask(api, "{ service { views { shownVersion position building { total } } } }");
    expect(service.views[0]).toEqual({ shownVersion: null, position: null, building: { total: 3 } });

    letGo();
    await projector.caughtUp();
    expect((await ask(api, machinesQuery)).machines.nodes).toHaveLength(1);
  });
});

describe("trying a view again", () => {
  test("is refused for one that is not there, or has not stopped", async () => {
    const api = await startApi();
    expect((await ask(api, retry("nothing"))).retryView).toMatchObject({
      userErrors: [{ code: "VIEW_UNKNOWN" }],
      view: null,
    });
    await ask(
      api,
      "query ($minPosition: EventPosition) { machines(minPosition: $minPosition) { nodes { id } } }",
    );
    expect((await ask(api, retry("machines"))).retryView.userErrors).toMatchObject([
      { code: "VIEW_UNAVAILABLE" },
    ]);
  });
});

describe("following views", () => {
  const status = (view: string, more: Partial<ViewStatus> = {}): ViewStatus => ({
    view,
    version: 1,
    shownVersion: 1,
    generation: 1,
    state: "live",
    position: undefined,
    events: 0,
    building: undefined,
    poison: undefined,
    ...more,
  });

  function feedOf(statuses: () => readonly ViewStatus[], view?: string) {
    const leave = new AbortController();
    const context = { views: { projector: { status: statuses } }, signal: leave.signal };
    // Of all that a caller's context has, a feed of views needs no more.
    const feed = viewFeed(view === undefined ? {} : { view }, context as unknown as GraphqlContext);
    return { feed, leave };
  }

  test("begins with each as it is, and goes on with what changed but not with every event", async () => {
    let now = [status("one"), status("two")];
    const { feed, leave } = feedOf(() => now);
    expect([(await feed.next()).value, (await feed.next()).value]).toEqual(now);
    const next = feed.next();
    now = [status("one", { events: 7 }), status("two", { state: "stopped" })];
    expect((await next).value).toMatchObject({ view: "two", state: "stopped" });
    const last = feed.next();
    leave.abort();
    expect(await last).toEqual({ done: true, value: undefined });
  });

  test("can be of one alone, which must be there", async () => {
    const { feed } = feedOf(() => [status("one"), status("two")], "two");
    expect((await feed.next()).value).toMatchObject({ view: "two" });
    const { feed: none } = feedOf(() => [status("one")], "three");
    await expect(none.next()).rejects.toMatchObject({ extensions: { code: "INPUT_INVALID" } });
  });
});
