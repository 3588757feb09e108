import { describe, expect, test } from "vitest";
import { LabelKey, Labels, LabelValue } from "../../../src/domain/values/label.ts";

describe("what a label is called", () => {
  test.each(["a", "rack", "0", "example.com/tier", "a_b-c.d", "x".repeat(63)])("may be %s", (key) => {
    expect(LabelKey.safeParse(key).success).toBe(true);
  });

  test.each([
    "",
    "-rack",
    "Rack",
    "a/b/c",
    "/a",
    "a/",
    "a/-b",
    "a b",
    "a\n",
    "__proto__",
    "x".repeat(64),
  ])("may not be %j", (key) => {
    expect(LabelKey.safeParse(key).success).toBe(false);
  });
});

describe("what a label says", () => {
  test.each(["", "b7", "A.b_c-1", "x".repeat(63)])("may be %j", (value) => {
    expect(LabelValue.safeParse(value).success).toBe(true);
  });

  test.each(["a b", "a/b", "é", "a\n", "x".repeat(64)])("may not be %j", (value) => {
    expect(LabelValue.safeParse(value).success).toBe(false);
  });
});

test("a label may be called what every object has", () => {
  expect(Labels.parse({ constructor: "x" })).toEqual({ constructor: "x" });
});
