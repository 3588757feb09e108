import { describe, expect, test } from "vitest";
import { isBefore } from "../../../src/domain/ports/event-store.ts";

const [first, second] = ["5ca1ab1e.000100000000.0000000000000001", "5ca1ab1e.000100000000.0000000000000002"];

describe("a position", () => {
  test("is before every later one, and not before itself", () => {
    expect(isBefore(first, second)).toBe(true);
    expect(isBefore(second, first)).toBe(false);
    expect(isBefore(first, first)).toBe(false);
  });

  test("is behind the beginning of the log", () => {
    expect(isBefore(undefined, first)).toBe(true);
    expect(isBefore(first, undefined)).toBe(false);
    expect(isBefore(undefined, undefined)).toBe(false);
  });
});
