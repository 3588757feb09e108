import { describe, expect, onTestFinished, test } from "vitest";
import type { GraphqlContext } from "../../../../src/adapters/graphql/context.ts";
import { viewFeed } from "../../../../src/adapters/graphql/feeds/view-feed.ts";
import type { EventReader } from "../../../../src/domain/ports/event-store.ts";
import { machines } from "../../../../src/projections/views/machines.ts";
import { projectorOn, temporaryDirectory } from "../../../projections/view-files.ts";
import { dice, record } from "../../../support/history.ts";
import { memoryLog } from "../../../support/recording.ts";
import { samples } from "../../../support/samples.ts";

/** A log of 3,500 events, of which a page is read whenever it is told so. */
async function steppedLog() {
  const store = memoryLog();
  const chance = dice(61);
  for (let n = 0; n < 35; n++) {
    const events = Array.from({ length: 100 }, () => samples.PxeRequested);
    await record(store, { stream: `boot-02:00:00:00:00:${String(n + 10)}`, events }, chance);
  }
  let steps = Number.POSITIVE_INFINITY;
  let stepped = Promise.withResolvers<void>();
  const reader: EventReader = {
    ...store,
    async readAll(query) {
      while (steps === 0) await stepped.promise;
      steps--;
      return store.readAll(query);
    },
  };
  return {
    reader,
    let: (count: number) => {
      steps = count;
      stepped.resolve();
      stepped = Promise.withResolvers();
    },
  };
}

describe("following a view that is built anew", () => {
  test("tells of each step, how fast it is and when it will be done", async () => {
    const log = await steppedLog();
    let nowMs = 0;
    const projector = await projectorOn(log.reader, temporaryDirectory(), {
      views: [machines],
      nowMs: () => nowMs,
    });
    await projector.caughtUp();
    const leave = new AbortController();
    // Before the projector is closed, which waits for what it has asked for.
    onTestFinished(() => log.let(Number.POSITIVE_INFINITY));
    onTestFinished(() => leave.abort());
    // Of all that a caller's context has, a feed of views needs no more.
    const context = { views: { projector }, signal: leave.signal } as unknown as GraphqlContext;
    const feed = viewFeed({ view: "machines" }, context);
    const next = async () => (await feed.next()).value;
    expect(await next()).toMatchObject({ state: "live", building: undefined });

    log.let(0);
    const rebuilt = projector.rebuild("machines");
    const about = { kind: "rebuild", phase: "reading", total: 3_500 };
    expect(await next()).toMatchObject({ building: { ...about, events: 0, etaSeconds: undefined } });
    nowMs += 2_000;
    log.let(1);
    expect(await next()).toMatchObject({
      building: { ...about, events: 1_000, eventsPerSecond: 500, etaSeconds: 5 },
    });
    nowMs += 2_000;
    log.let(1);
    expect(await next()).toMatchObject({
      building: { ...about, events: 2_000, eventsPerSecond: 500, etaSeconds: 3 },
    });
    log.let(Number.POSITIVE_INFINITY);
    expect(await rebuilt).toMatchObject({ outcome: "rebuilt", events: 3_500 });
    expect(await next()).toMatchObject({ generation: 2, state: "live", building: undefined });
  });
});
