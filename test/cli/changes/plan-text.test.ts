import { describe, expect, test } from "vitest";
import { planText } from "../../../src/cli/changes/plan-text.ts";
import { createPalette } from "../../../src/cli/output/palette.ts";

const palette = createPalette(false);

function planFor(machines: number, eventCount = machines) {
  const names = Array.from({ length: machines }, (_, index) => `machine/m${index}`);
  return {
    eventCount,
    diff: names.map((name) => `--- ${name}\n+++ ${name}\n-state: discovered\n+state: ready\n`).join(""),
    changes: names.map((subject) => ({ subject, path: "state", before: "discovered", after: "ready" })),
    events: names.map((name) => ({ stream: name, type: "MachineApproved", data: {} })),
  };
}

describe("what a change would do", () => {
  test("is told line by line of a few", () => {
    expect(planText(planFor(1), palette)).toBe(
      [
        ...["--- machine/m0", "+++ machine/m0", "-state: discovered", "+state: ready"],
        ...["1 event would be recorded:", "  machine/m0 MachineApproved {}", ""],
      ].join("\n"),
    );
  });

  test("is counted of many", () => {
    expect(planText(planFor(30, 40), palette)).toBe(
      [
        ...["30 objects would change:", "     30  state: discovered -> ready"],
        ...["40 events would be recorded:", "     30  MachineApproved", "... and 10 more"],
        ...["-o json shows each of them", ""],
      ].join("\n"),
    );
  });

  test("is nothing when there is nothing to do", () => {
    expect(planText(planFor(0), palette)).toBe("nothing would change\n");
  });
});
