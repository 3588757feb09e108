import { describe, expect, test } from "vitest";
import { createMemoryEventStore } from "../../../../src/adapters/event-store/memory/memory-event-store.ts";
import { overlayOpener } from "../../../../src/adapters/event-store/overlay/overlay-store.ts";
import { OverlayFullError } from "../../../../src/domain/ports/overlay-store.ts";
import { eventStoreContract } from "../../../contracts/event-store.contract.ts";
import { events, numbered, readWhole, write } from "../../../contracts/event-store.support.ts";

const clock = () => new Date("2026-01-01T00:00:00Z");

describe("an overlay over an empty log", () => {
  eventStoreContract((now = clock) => overlayOpener(now).open(createMemoryEventStore(now)));
});

/** A log with events, a store over it, and a copy of the log that really takes what the overlay does. */
async function laid() {
  const [log, twin] = [createMemoryEventStore(clock), createMemoryEventStore(clock)];
  for (const [stream, batch] of [
    ["machine-1", events(3)],
    ["machine-2", events(2)],
  ] as const) {
    await write(log, stream, batch);
    await write(twin, stream, batch);
  }
  return { log, twin, overlay: await overlayOpener(clock).open(log) };
}

describe("appending to an overlay", () => {
  test("records what the log itself would record, hashes and positions included, and nothing in the log", async () => {
    const { log, twin, overlay } = await laid();
    const head = await log.head();
    for (const [stream, expectedRevision] of [
      ["machine-1", 2],
      ["machine-3", "no-stream"],
      ["machine-1", 4],
    ] as const) {
      const batch = { expectedRevision, events: events(2) };
      expect(await overlay.append(stream, batch)).toEqual(await twin.append(stream, batch));
    }
    expect(await readWhole(overlay)).toEqual(await readWhole(twin));
    for (const stream of ["machine-1", "machine-2", "machine-3", "machine-4"]) {
      for (const slice of [{}, { from: 4 }, { newestOnly: true }]) {
        expect(await overlay.readStream(stream, slice)).toEqual(await twin.readStream(stream, slice));
      }
    }
    expect(await overlay.head()).toEqual(await twin.head());
    expect(await log.head()).toBe(head);
    expect(overlay.appended()).toEqual((await readWhole(twin)).slice(5));
  });

  test("is refused on another revision than the stream has, in the log or above it", async () => {
    const { overlay } = await laid();
    const batch = { expectedRevision: 1, events: events(1) };
    expect(await overlay.append("machine-1", batch)).toEqual({ outcome: "conflict", actualRevision: 2 });
    await write(overlay, "machine-1", events(1));
    expect(await overlay.append("machine-1", { ...batch, expectedRevision: 2 })).toEqual({
      outcome: "conflict",
      actualRevision: 3,
    });
  });
});

describe("overlays together", () => {
  test("hold no more than there is room for, and make room when they are closed", async () => {
    const { open, heldCharacters } = overlayOpener(clock, 1_000);
    const log = createMemoryEventStore(clock);
    const [first, second] = [await open(log), await open(log)];
    const big = {
      expectedRevision: "no-stream",
      events: [{ ...numbered(1), data: { n: "x".repeat(600) } }],
    } as const;
    const another = { ...big, events: [{ ...big.events[0], ...numbered(2), data: big.events[0].data }] };
    await first.append("machine-1", big);
    await expect(second.append("machine-1", big)).rejects.toThrow(OverlayFullError);
    expect(second.appended()).toEqual([]);
    expect(heldCharacters()).toBeGreaterThan(600);
    await first.close();
    expect(heldCharacters()).toBe(0);
    await first.close();
    expect(await second.append("machine-1", big)).toMatchObject({ outcome: "appended" });
    await expect(second.append("machine-2", another)).rejects.toThrow(OverlayFullError);
  });
});

describe("an overlay", () => {
  test("shows the log as it was when it was opened, whatever is appended to it later", async () => {
    const { log, overlay } = await laid();
    const before = await readWhole(overlay);
    await write(log, "machine-1", [numbered(9)]);
    expect(await readWhole(overlay)).toEqual(before);
    expect(await overlay.readStream("machine-1")).toHaveLength(3);
    expect(await overlay.readStream("machine-1", { newestOnly: true })).toMatchObject([{ revision: 2 }]);
    expect(await write(overlay, "machine-1", events(1))).toMatchObject({ outcome: "appended", revision: 3 });
  });

  test("tells a stream as it was before the first append", async () => {
    const { overlay } = await laid();
    await write(overlay, "machine-1", events(1));
    expect(await overlay.before.readStream("machine-1")).toHaveLength(3);
    expect(await overlay.readStream("machine-1")).toHaveLength(4);
  });

  test("pages with a filter through the log and on through what was appended", async () => {
    const { overlay } = await laid();
    await write(overlay, "machine-2", [numbered(7), numbered(8, "Wanted")]);
    expect(await readWhole(overlay, { types: ["Wanted"] })).toMatchObject([{ data: { n: 8 } }]);
    expect(await readWhole(overlay, { streams: ["machine-2"] })).toHaveLength(4);
    const page = await overlay.readAll({ after: undefined, limit: 2 });
    expect(page).toMatchObject({ events: [{}, {}], caughtUp: false });
  });

  test("leaves the log open when it is closed", async () => {
    const { log, overlay } = await laid();
    await overlay.close();
    expect(await log.head()).toBeDefined();
  });
});
