import { expect, test } from "vitest";
import { describeDifference } from "../../src/projections/view-difference.ts";

const place = { table: "machine", key: { id: "m-1" } };

test.each([
  [
    "columns that do not agree",
    {
      live: { id: "m-1", state: "retired", name: null },
      rebuilt: { id: "m-1", state: "ready", name: "web-1" },
    },
    'table machine, row m-1: state is "retired" in the view and "ready" by the log; name is null in the view and "web-1" by the log',
  ],
  [
    "a row too few",
    { live: undefined, rebuilt: { id: "m-1" } },
    "table machine, row m-1 is missing in the view",
  ],
  [
    "a row too many",
    { live: { id: "m-1" }, rebuilt: undefined },
    "table machine, row m-1 is in the view and not in the log",
  ],
])("a difference is told in one sentence: %s", (_case, rows, text) => {
  expect(describeDifference({ ...place, ...rows })).toBe(text);
});

test("a long value is cut", () => {
  const text = describeDifference({ ...place, live: { id: "x".repeat(500) }, rebuilt: { id: "y" } });
  expect(text.length).toBeLessThan(400);
});
