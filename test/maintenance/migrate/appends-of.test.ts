import { describe, expect, test } from "vitest";
import { appendsOf } from "../../../src/maintenance/migrate/appends-of.ts";
import type { MovedEvent } from "../../../src/maintenance/migrate/moved-log.ts";

function event(stream: string, revision: number, data = "{}"): MovedEvent {
  const id = "01920000-0000-7000-8000-000000000001";
  return { stream, revision, id, type: "Numbered", schema: 1, time: 0, data, meta: "{}", hash: "" };
}

const places = (events: readonly MovedEvent[]) =>
  appendsOf(events).map((append) => append.map(({ stream, revision }) => `${stream}@${revision}`));

describe("moving events to an engine", () => {
  test("writes neighbours of one stream together, and keeps the order of all", () => {
    const events = [event("a", 0), event("a", 1), event("b", 0), event("a", 2), event("b", 1), event("b", 2)];
    expect(places(events)).toEqual([["a@0", "a@1"], ["b@0"], ["a@2"], ["b@1", "b@2"]]);
    expect(appendsOf(events).flat()).toEqual(events);
  });

  test("writes at most 500 events together", () => {
    const many = Array.from({ length: 1_001 }, (_, revision) => event("a", revision));
    expect(places(many).map(({ length }) => length)).toEqual([500, 500, 1]);
  });

  test("writes at most half a mebibyte together, and a larger event alone", () => {
    const large = `"${"x".repeat(300 * 1024)}"`;
    const huge = `"${"x".repeat(1000 * 1024)}"`;
    const events = [event("a", 0, large), event("a", 1, large), event("a", 2, huge), event("a", 3)];
    expect(places(events)).toEqual([["a@0"], ["a@1"], ["a@2"], ["a@3"]]);
  });

  test("writes nothing for nothing", () => {
    expect(appendsOf([])).toEqual([]);
  });
});
