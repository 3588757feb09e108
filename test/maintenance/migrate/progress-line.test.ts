import { expect, test } from "vitest";
import { progressLines } from "../../../src/maintenance/migrate/progress-line.ts";

test("a migration tells now and then how far it is, and how long it will take", () => {
  const lines: string[] = [];
  let nowMs = 0;
  const tell = progressLines(
    (line) => lines.push(line),
    () => nowMs,
  );
  const told = [
    [0, { step: "writing", events: 0, total: 10_000 }],
    [1_000, { step: "writing", events: 1_000, total: 10_000 }],
    [2_000, { step: "writing", events: 2_000, total: 10_000 }],
    [3_000, { step: "writing", events: 3_000, total: 10_000 }],
    [10_000, { step: "writing", events: 10_000, total: 10_000 }],
    [11_000, { step: "verifying", events: 0, total: undefined }],
    [13_000, { step: "verifying", events: 5_000, total: undefined }],
  ] as const;
  for (const [atMs, progress] of told) {
    nowMs = atMs;
    tell(progress);
  }
  expect(lines).toEqual([
    "writing: 2000 of 10000 events, 1000 events/s, 8 s to go",
    "writing: 10000 of 10000 events, 1000 events/s, 0 s to go",
    "verifying: 5000 events, 2500 events/s",
  ]);
});
