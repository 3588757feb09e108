import { describe, expect, test } from "vitest";
import { type Random, randomFrom } from "../../fuzz/mutate.ts";
import { createDisk, type Mercy } from "./disk.ts";
import type { Deed } from "./trace.ts";

const opened: Deed = { deed: "opened", file: 1, name: "log" };

function written(offset: number, text: string): Deed {
  return { deed: "written", file: 1, offset, data: Buffer.from(text) };
}

function leftOf(deeds: readonly Deed[], mercy: Mercy, random: Random = () => 0) {
  const disk = createDisk(random);
  for (const deed of deeds) disk.do(deed);
  const files = disk.afterPowerCut(mercy);
  return Object.fromEntries([...files].map(([name, content]) => [name, content.toString()]));
}

describe("a power cut", () => {
  test("leaves what was synced, and may take the rest", () => {
    const deeds = [opened, written(0, "one"), { deed: "synced", file: 1 } as const, written(3, " two")];
    expect(leftOf(deeds, "none")).toEqual({ log: "one" });
    expect(leftOf(deeds, "all")).toEqual({ log: "one two" });
  });

  test("takes any part of what a sync failed to bring to the disk, though a later sync succeeded, unless it was written again", () => {
    const failed: Deed = { deed: "sync failed", file: 1 };
    const synced: Deed = { deed: "synced", file: 1 };
    const deeds = [opened, written(0, "one"), synced, written(3, " two"), failed];
    expect(leftOf([...deeds, synced], "all")).toEqual({ log: "one" });
    let thrown = 0;
    expect(leftOf([...deeds, synced], "none", () => ++thrown % 2)).toEqual({ log: "one two" });
    expect(leftOf([...deeds, written(0, "one two"), synced], "none")).toEqual({ log: "one two" });
  });

  test("takes a shortening that was not synced, as it does a write", () => {
    const synced: Deed = { deed: "synced", file: 1 };
    const deeds = [opened, written(0, "longer"), synced, { deed: "truncated", file: 1, length: 4 } as const];
    expect(leftOf(deeds, "none")).toEqual({ log: "longer" });
    expect(leftOf(deeds, "all")).toEqual({ log: "long" });
  });

  test("keeps some sectors of a write and loses others", () => {
    const sectors = 64;
    const disk = createDisk(randomFrom(7));
    disk.do(opened);
    const write: Deed = { deed: "written", file: 1, offset: 0, data: Buffer.alloc(512 * sectors, "x") };
    disk.do(write);
    const counts = new Set<number>();
    for (let cut = 0; cut < 50; cut++) {
      const content = disk.afterPowerCut("some").get("log") ?? Buffer.alloc(0);
      counts.add(content.filter((octet) => octet !== 0).length / 512);
    }
    expect(counts).toContain(0);
    expect(counts).toContain(sectors);
    expect(counts.size).toBeGreaterThan(4);
    expect([...counts].every(Number.isInteger)).toBe(true);
  });

  test("finds a file under the name that it has now, and a removed one not at all", () => {
    const other: Deed = { deed: "opened", file: 2, name: "gone" };
    const deeds = [
      ...[opened, written(0, "one"), other],
      { deed: "renamed", from: "log", to: "old" } as const,
      { deed: "removed", name: "gone" } as const,
    ];
    expect(leftOf(deeds, "all")).toEqual({ old: "one" });
  });

  test("tells a new file from the one whose number it got", () => {
    const deeds = [opened, written(0, "one"), { deed: "removed", name: "log" } as const, opened];
    expect(leftOf(deeds, "all")).toEqual({ log: "" });
  });
});
