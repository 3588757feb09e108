import { describe, expect, test } from "vitest";
import { eventCollection } from "../../../src/projections/collections/events.ts";
import type { PageQuery } from "../../../src/projections/query/collection.ts";
import type { Condition } from "../../../src/projections/query/condition.ts";
import { eventsIndex } from "../../../src/projections/views/events-index.ts";
import { eventsIndexReader } from "../../../src/projections/views/events-index-reader.ts";
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
  test.each<[string, Condition | undefined, readonly number[]]>([
    ["all", undefined, [0, 1, 2, 3, 4, 5, 6]],
    ["a stream's", { column: "stream", eq: stream }, [1, 3, 4, 6]],
    ["of some types", { column: "type", in: ["MachineUnlocked", "MachineDiscovered", "Unheard"] }, [1, 4]],
    ["of a category", { column: "category", eq: "boot" }, [2, 5]],
    ["an actor's", { column: "actor", eq: `client:${mac}` }, [1, 2]],
    ["of one cause", { column: "correlationId", eq: correlation }, [1, 5]],
    ["from a moment", { column: "time", from: nowMs + 4_500 }, [5, 6]],
    ["until a moment", { column: "time", below: nowMs + 2_000 }, [0, 1]],
    [
      "a stream's between moments",
      {
        all: [
          { column: "stream", eq: stream },
          { column: "time", from: nowMs + 3_000, below: nowMs + 5_000 },
        ],
      },
      [3, 4],
    ],
    ["after everything", { column: "time", from: nowMs + 99_000 }, []],
  ])("finds events: %s", async (_case, where, ordinals) => {
    const collection = await readerAfter(eventsIndex, eventCollection, steps);
    const listed = (query: Partial<PageQuery>) =>
      collection.page({ where, limit: 100, ...query }).map(({ row }) => row.ordinal);
    const oldestFirst = { column: "position", descending: false };
    expect(listed({ orderBy: oldestFirst })).toEqual(ordinals);
    expect(listed({})).toEqual(ordinals.toReversed());
    const [first = -1] = ordinals;
    expect(listed({ orderBy: oldestFirst, limit: 1, after: [first, first] })).toEqual(ordinals.slice(1, 2));
  });

  test("finds one event by its id and by its position, and what is before it", async () => {
    const reader = await readerAfter(eventsIndex, eventsIndexReader, steps);
    const row = reader.findByPosition(reader.positionBefore(4) ?? "");
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
