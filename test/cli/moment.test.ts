import { expect, test } from "vitest";
import { Failure } from "../../src/cli/failure.ts";
import { momentOf } from "../../src/cli/moment.ts";

const now = new Date("2026-11-23T10:00:00Z");

test.each([
  ["now", { time: "2026-11-23T10:00:00.000Z" }],
  ["now-2h", { time: "2026-11-23T08:00:00.000Z" }],
  ["now-1w", { time: "2026-11-16T10:00:00.000Z" }],
  ["2026-01-31", { time: "2026-01-31T00:00:00.000Z" }],
  ["2026-01-31T12:00:00+02:00", { time: "2026-01-31T10:00:00.000Z" }],
  ["d1708369.000145aa.0000000000020809", { position: "d1708369.000145aa.0000000000020809" }],
])("%s is a moment", (text, moment) => {
  expect(momentOf(text, now)).toEqual(moment);
});

test.each(["yesterday", "2026-13-01", "-1h", "now-2", "now+1h", ""])("%j is none", (text) => {
  expect(() => momentOf(text, now)).toThrow(Failure);
});
