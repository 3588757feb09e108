import { describe, expect, test } from "vitest";
import { type Placed, place } from "../../../src/adapters/event-store/placement.ts";

const recorded: Record<string, Placed> = {
  a: { stream: "machine-1", revision: 0, position: 1, time: 10 },
  b: { stream: "machine-1", revision: 1, position: 3, time: 20 },
  x: { stream: "machine-2", revision: 0, position: 2, time: 20 },
};
const known = { actualRevision: 1, find: (id: string) => recorded[id] };

describe("placing an append", () => {
  test.each([
    1,
    "any",
  ] as const)("puts new events after the newest when %s is expected", (expectedRevision) => {
    const placing = { stream: "machine-1", expectedRevision, ids: ["c", "d"] };
    expect(place(placing, known)).toEqual({ outcome: "new", firstRevision: 2 });
  });

  test("puts the first event of a stream at revision 0", () => {
    const placing = { stream: "machine-3", expectedRevision: "no-stream", ids: ["c"] } as const;
    expect(place(placing, { ...known, actualRevision: "no-stream" })).toEqual({
      outcome: "new",
      firstRevision: 0,
    });
  });

  test("is a conflict when another revision is expected", () => {
    const placing = { stream: "machine-1", expectedRevision: 0, ids: ["c"] };
    expect(place(placing, known)).toEqual({ outcome: "conflict", actualRevision: 1 });
  });

  test.each([
    ["all of it", "no-stream", ["a", "b"]],
    ["its end", 0, ["b"]],
    ["all of it, at any revision", "any", ["a", "b"]],
    ["its start", "no-stream", ["a"]],
  ] as const)("finds again what was accepted before: %s", (_what, expectedRevision, ids) => {
    const placing = { stream: "machine-1", expectedRevision, ids };
    expect(place(placing, known)).toEqual({ outcome: "repeated", last: recorded[ids.at(-1) ?? ""] });
  });

  test.each([
    ["at another revision", 1, ["b"]],
    ["in another stream", 1, ["x"]],
    ["partly", 0, ["b", "c"]],
    ["partly, after a new one", 0, ["c", "b"]],
    ["in another order", "no-stream", ["b", "a"]],
    ["in two streams", "any", ["a", "x"]],
    ["not at all, but twice in this append", 1, ["c", "c"]],
  ] as const)("refuses ids that are in the log %s", (_where, expectedRevision, ids) => {
    const placing = { stream: "machine-1", expectedRevision, ids };
    expect(() => place(placing, known)).toThrow(expect.objectContaining({ code: "DUPLICATE_EVENT_ID" }));
  });
});
