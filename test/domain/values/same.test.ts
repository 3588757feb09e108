import { expect, test } from "vitest";
import { same } from "../../../src/domain/values/same.ts";

test.each([
  ["equal numbers", 1, 1],
  ["nothing twice", null, null],
  ["objects with their keys in another order", { a: 1, b: [2] }, { b: [2], a: 1 }],
])("%s are the same", (_what, one, other) => {
  expect(same(one, other)).toBe(true);
});

test.each([
  ["different numbers", 1, 2],
  ["something and nothing", {}, null],
  ["something and a value that is missing", {}, undefined],
  ["a list and an object with its keys", ["x"], { 0: "x" }],
  ["lists in another order", [1, 2], [2, 1]],
  ["an object and the same one with a key more", { a: 1 }, { a: 1, b: 2 }],
  ["objects of other keys", { a: undefined }, { b: undefined }],
])("%s are not the same", (_what, one, other) => {
  expect(same(one, other)).toBe(false);
});
