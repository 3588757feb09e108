import { describe, expect, test } from "vitest";
import { newsOf, withChange } from "../../../src/domain/values/keyed-change.ts";

describe("a change of things that have keys", () => {
  test("sets, replaces and removes", () => {
    expect(withChange({ a: 1, b: 2, c: 3 }, { set: { b: 4, d: 5 }, removed: ["c", "x"] })).toEqual({
      a: 1,
      b: 4,
      d: 5,
    });
  });

  test("is reduced to what is news", () => {
    const before = { a: 1, list: [1] };
    expect(newsOf(before, { set: { a: 1, list: [1], b: 2 }, removed: ["a", "x"] })).toEqual({
      set: { b: 2 },
      removed: [],
    });
    expect(newsOf(before, { set: {}, removed: ["a", "a"] })).toEqual({ set: {}, removed: ["a"] });
    expect(newsOf(before, { set: { list: [1] }, removed: ["x"] })).toBeUndefined();
  });

  test("takes nothing that every object has for something that was there", () => {
    expect(newsOf<unknown>({}, { set: { constructor: Object }, removed: ["toString"] })).toEqual({
      set: { constructor: Object },
      removed: [],
    });
  });
});
