import { describe, expect, test } from "vitest";
import { changesBetween } from "../../../../src/adapters/graphql/plan/changes.ts";

describe("what differs between two values", () => {
  test("is nothing when they are the same", () => {
    expect(changesBetween({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual([]);
    expect(changesBetween(undefined, undefined)).toEqual([]);
  });

  test("is told with the path of each", () => {
    const before = { name: null, labels: { rack: "r1", role: "db" }, list: [{ n: 1 }] };
    const after = { name: "node-1", labels: { rack: "r2" }, list: [{ n: 1 }, { n: 2 }] };
    expect(changesBetween(before, after)).toEqual([
      { path: "name", before: null, after: "node-1" },
      { path: "labels.rack", before: "r1", after: "r2" },
      { path: "labels.role", before: "db", after: null },
      { path: "list.1.n", before: null, after: 2 },
    ]);
  });

  test("is told value by value for what is new, and for what is gone", () => {
    expect(changesBetween(undefined, { a: 1, b: { c: 2 }, none: null })).toEqual([
      { path: "a", before: null, after: 1 },
      { path: "b.c", before: null, after: 2 },
    ]);
    expect(changesBetween({ a: 1 }, undefined)).toEqual([{ path: "a", before: 1, after: null }]);
  });

  test("is the whole when a value becomes a list, or a list a value", () => {
    expect(changesBetween({ a: 1 }, { a: [1] })).toEqual([{ path: "a", before: 1, after: [1] }]);
    expect(changesBetween({ a: { b: 1 } }, { a: "x" })).toEqual([
      { path: "a", before: { b: 1 }, after: "x" },
    ]);
  });
});
