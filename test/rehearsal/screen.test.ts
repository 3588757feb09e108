import { describe, expect, test } from "vitest";
import { hardwareOf } from "../../src/rehearsal/hardware.ts";
import { createScreen } from "../../src/rehearsal/screen.ts";

const startedMs = Date.parse("2026-01-31T03:12:00.000Z");

/** A screen for so many machines, and what it shows of their discovery, 100 ms after each other. */
function shownOf(count: number): readonly string[] {
  const machines = Array.from({ length: count }, (_, index) => hardwareOf(index, { packages: [] }));
  const lines: string[] = [];
  const screen = createScreen({ machines, startedMs, colour: false, note: (line) => lines.push(line) });
  for (const [index, { mac, label }] of machines.entries()) {
    screen.show({
      stream: `machine-${label}`,
      type: "MachineDiscovered",
      schema: 1,
      time: new Date(startedMs + index * 100).toISOString(),
      data: { mac, architecture: null },
    });
  }
  screen.show({
    stream: "machine-m001",
    type: "MachineQuarantined",
    schema: 1,
    time: new Date(startedMs + count * 100).toISOString(),
    data: { message: "two agents" },
  });
  return lines;
}

describe("showing what goes on", () => {
  test("has a line for every step of a few machines", () => {
    expect(shownOf(2)).toEqual([
      "   0.0 s  m001  discovered",
      "   0.1 s  m002  discovered",
      "   0.2 s  m001  quarantined        two agents",
    ]);
  });

  test("shows numbers, and what goes wrong, of many machines", () => {
    expect(shownOf(50)).toEqual([
      "   2.0 s        progress           discovered 21, inventoried 0, installing 0, deployed 0 of 50",
      "   4.0 s        progress           discovered 41, inventoried 0, installing 0, deployed 0 of 50",
      "   5.0 s  m001  quarantined        two agents",
    ]);
  });
});
