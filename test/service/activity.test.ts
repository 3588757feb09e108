import { expect, test } from "vitest";
import { growth } from "../../src/service/activity.ts";

test("what was counted meanwhile is told, and what stood still is not", () => {
  const before = { dhcp: { received: 10, shed: 0, failed: 0 }, observer: { dropped: 2 } };
  const now = { dhcp: { received: 15, shed: 1, failed: 0 }, observer: { dropped: 2 } };
  expect(growth(before, now)).toEqual({ dhcp: { received: 5, shed: 1 } });
  expect(growth(now, { ...now, observer: { dropped: 5 } })).toEqual({ observer: { dropped: 3 } });
});

test("a quiet minute has nothing to tell", () => {
  expect(growth({ tftp: { completed: 3 } }, { tftp: { completed: 3 } })).toBeUndefined();
  expect(growth({}, {})).toBeUndefined();
});

test("a gauge that fell was not counted", () => {
  expect(growth({ tftp: { active: 3 } }, { tftp: { active: 1 } })).toBeUndefined();
});
