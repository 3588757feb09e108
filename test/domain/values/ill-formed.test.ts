import { describe, expect, test } from "vitest";
import { illFormedAt } from "../../../src/domain/values/ill-formed.ts";

describe("half of a surrogate pair", () => {
  test.each([
    ["disks.1.model", { disks: [{ model: "QEMU" }, { model: "\ud800" }] }],
    ["reason", { reason: "\udc00 low", name: null }],
    ["", "\ud83d"],
  ])("is found at %j", (path, value) => {
    expect(illFormedAt(value)).toBe(path);
  });

  test.each([
    ["\u{1f600}"],
    [{ a: [null, 1, true, undefined, "\u0000"] }],
    [{}],
    [undefined],
  ])("is not seen in %j", (value) => {
    expect(illFormedAt(value)).toBeUndefined();
  });
});
