import { describe, expect, test } from "vitest";
import { eventsIndex } from "../../../src/projections/views/events-index.ts";
import { type EventsFilter, eventsIndexReader } from "../../../src/projections/views/events-index-reader.ts";
import type { Step } from "../../support/history.ts";
import { mac, machineId, nowMs, samples } from "../../support/samples.ts";
import { readerAfter } from "../view-files.ts";

const stream = `machine-${machineId}`;
const correlation = "01920000-0000-7000-8000-0000000000cc";

/** Ordinals 0 to 6, a second apart. */
const steps: readonly Step[] = [
  { stream: "network", events: [samples.SubnetDefined] },
  {
    stream,
    events: [samples.MachineDiscovered],
    meta: { actor: `client:${mac}`, $correlationId: correlation },
  },
  { stream: `boot-${mac}`, events: [samples.PxeRequested], meta: { actor: `client:${mac}` } },
  { stream, events: [samples.MachineLocked] },
  { stream, events: [samples.MachineUnlocked] },
  { stream: `boot-${mac}`, events: [samples.BootFileServed], meta: { $correlationId: correlation } },
  { stream, events: [{ type: "MachineTeleported", data: {} }] },
];

describe("the index of events", () => {
  test.each<[string, EventsFilter, readonly number[]]>([
    ["all", {}, [0, 1, 2, 3, 4, 5, 6]],
    ["a stream's", { stream }, [1, 3, 4, 6]],
    ["of some types", { types: ["MachineUnlocked", "MachineDiscovered", "Unheard"] }, [1, 4]],
    ["of no type", { types: [] }, []],
    ["an actor's", { actor: `client:${mac}` }, [1, 2]],
    ["an actor's of some types", { actor: "user:ada", types: ["MachineLocked", "PxeRequested"] }, [3]],
    ["of one cause", { correlationId: correlation }, [1, 5]],
    ["of one cause in a stream", { correlationId: correlation, stream }, [1]],
    [
      "of one cause by type and actor",
      { correlationId: correlation, types: ["BootFileServed"], actor: "user:ada" },
      [5],
    ],
    ["a stream's of a type", { stream, types: ["MachineLocked", "MachineUnlocked"] }, [3, 4]],
    ["a stream's by an actor", { stream, actor: `client:${mac}` }, [1]],
    ["from a moment", { fromMs: nowMs + 4_500 }, [5, 6]],
    ["until a moment", { untilMs: nowMs + 2_000 }, [0, 1]],
    ["a stream's between moments", { stream, fromMs: nowMs + 3_000, untilMs: nowMs + 5_000 }, [3, 4]],
    ["after everything", { fromMs: nowMs + 99_000 }, []],
  ])("finds events: %s", async (_case, filter, ordinals) => {
    const reader = await readerAfter(eventsIndex, eventsIndexReader, steps);
    const listed = (page: Parameters<typeof reader.list>[1]) =>
      reader.list(filter, page).map(({ ordinal }) => ordinal);
    expect(listed({ limit: 100 })).toEqual(ordinals);
    expect(listed({ limit: 100, newestFirst: true })).toEqual(ordinals.toReversed());
    const [first = -1, second = -1] = ordinals;
    expect(listed({ limit: 1, after: first })).toEqual(ordinals.slice(1, 2));
    expect(listed({ limit: 1, after: second, newestFirst: true })).toEqual(
      ordinals.length > 1 ? [first] : [],
    );
  });

  test("finds one event by its id and by its position, and what is before it", async () => {
    const reader = await readerAfter(eventsIndex, eventsIndexReader, steps);
    const [row] = reader.list({ types: ["MachineLocked"] }, { limit: 1 });
    expect(row).toMatchObject({ ordinal: 3, stream, revision: 1, category: "machine", actor: "user:ada" });
    expect(reader.findById(row?.id ?? "")).toEqual(row);
    expect(reader.findByPosition(row?.position ?? "")).toEqual(row);
    expect(reader.findByPosition(reader.positionBefore(3) ?? "")?.ordinal).toBe(2);
    expect(reader.positionBefore(0)).toBeUndefined();
  });

  test("finds the last event until a moment", async () => {
    const reader = await readerAfter(eventsIndex, eventsIndexReader, steps);
    expect(reader.lastUntil(nowMs + 2_999)?.ordinal).toBe(2);
    expect(reader.lastUntil(nowMs + 3_000)?.ordinal).toBe(3);
    expect(reader.lastUntil(nowMs - 1)).toBeUndefined();
  });
});
