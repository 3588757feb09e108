import { expect, test } from "vitest";
import { clockStep } from "../../src/service/clock-step.ts";

const earlier = { wallMs: 1_000_000, steadyMs: 500 };

test.each([
  ["that ran on", 5_000, 5_000],
  ["that was corrected by half a minute", 5_000, 35_000],
  ["that was set back by a minute", 5_000, -55_000],
])("a clock %s has not stepped", (_case, steady, wall) => {
  expect(clockStep(earlier, { steadyMs: 500 + steady, wallMs: 1_000_000 + wall })).toBeUndefined();
});

test("a clock that was set names what it should have said and what it says", () => {
  const later = { steadyMs: 5_500, wallMs: 1_000_000 + 5_000 + 3_600_000 };
  expect(clockStep(earlier, later)).toEqual({ fromMs: 1_005_000, toMs: 4_605_000 });
});

test("a clock that was set back has stepped too", () => {
  expect(clockStep(earlier, { steadyMs: 500, wallMs: 900_000 })).toEqual({
    fromMs: 1_000_000,
    toMs: 900_000,
  });
});
