import { describe, expect, test } from "vitest";
import { bootTimeline } from "../../../src/projections/views/boot-timeline.ts";
import { bootTimelineReader, type TimelineRow } from "../../../src/projections/views/boot-timeline-reader.ts";
import type { Step } from "../../support/history.ts";
import { mac, machineId, otherMac, otherMachineId, run, samples } from "../../support/samples.ts";
import { readerAfter } from "../view-files.ts";

const ids = {
  boot: "01920000-0000-7000-8000-000000000021",
  intent: "01920000-0000-7000-8000-000000000022",
  second: "01920000-0000-7000-8000-000000000023",
  dropped: "01920000-0000-7000-8000-000000000024",
};

function requested(id: string, cause: string, of = mac): Step {
  return { stream: `boot-${of}`, events: [{ ...samples.PxeRequested, id }], meta: { $causationId: cause } };
}

const within = (boot: string, stream: string, ...events: Step["events"]): Step => ({
  stream,
  events,
  meta: { $causationId: boot },
});
const claimed = (by = machineId): Step =>
  within(ids.boot, `mac-${mac}`, { type: "Claimed", data: { machineId: by } });
const released: Step = { stream: `mac-${mac}`, events: [samples.Released] };
const firstBoot: readonly Step[] = [
  requested(ids.boot, ids.boot),
  within(ids.boot, "address-10.77.0.100", samples.LeaseGranted),
  within(ids.boot, `boot-${mac}`, samples.BootFileServed),
  claimed(),
  within(ids.boot, `machine-${machineId}`, samples.MachineDiscovered, samples.InventoryReported),
];

const types = (rows: readonly TimelineRow[]) => rows.map(({ type }) => type);

describe("the timeline of a machine", () => {
  test("holds its stream, its interfaces' boots and leases, and what led to its discovery", async () => {
    const reader = await readerAfter(bootTimeline, bootTimelineReader, [
      requested(ids.second, ids.second, otherMac),
      ...firstBoot,
      { stream: "network", events: [samples.SubnetDefined] },
    ]);
    const rows = reader.listByMachine(machineId, { limit: 20 });
    expect(types(rows)).toEqual([
      "PxeRequested",
      "LeaseGranted",
      "BootFileServed",
      "Claimed",
      "MachineDiscovered",
      "InventoryReported",
    ]);
    expect(rows.map(({ bootId }) => bootId)).toEqual(Array(6).fill(ids.boot));
    expect(rows[1]?.detail).toMatchObject({ address: "10.77.0.100", status: "leased" });
    expect(rows[5]?.detail).toEqual({
      firmware: "uefi",
      cpus: 2,
      memoryBytes: 2_147_483_648,
      disks: 1,
      interfaces: 2,
    });
  });

  test("comes in pages, from either end", async () => {
    const reader = await readerAfter(bootTimeline, bootTimelineReader, firstBoot);
    const all = reader.listByMachine(machineId, { limit: 20 });
    const paged: TimelineRow[] = [];
    for (;;) {
      const after = paged.at(-1)?.ordinal;
      const page = reader.listByMachine(machineId, { limit: 2, ...(after !== undefined && { after }) });
      if (page.length === 0) break;
      paged.push(...page);
    }
    expect(paged).toEqual(all);
    expect(reader.listByMachine(machineId, { limit: 20, newestFirst: true })).toEqual(all.toReversed());
  });

  test("ends for an interface when it passes to another machine", async () => {
    const reader = await readerAfter(bootTimeline, bootTimelineReader, [
      ...firstBoot,
      released,
      requested(ids.second, ids.second),
      claimed(otherMachineId),
    ]);
    expect(types(reader.listByMachine(machineId, { limit: 20 })).slice(-3)).toEqual([
      "MachineDiscovered",
      "InventoryReported",
      "Released",
    ]);
    expect(types(reader.listByMachine(otherMachineId, { limit: 20 }))).toEqual(["PxeRequested", "Claimed"]);
    expect(reader.listByMac(mac, { limit: 20 })).toHaveLength(7);
  });
});

describe("a boot", () => {
  test("belongs to the run whose intent caused it, with all that it led to", async () => {
    const reader = await readerAfter(bootTimeline, bootTimelineReader, [
      ...firstBoot,
      { stream: `machine-${machineId}`, events: [{ ...samples.BootIntentSet, id: ids.intent }] },
      requested(ids.second, ids.intent),
      within(ids.second, `boot-${mac}`, samples.PxeRequested, samples.BootScriptServed),
      within(ids.second, `machine-${machineId}`, samples.BootIntentServed),
    ]);
    expect(reader.findBoot(ids.second)).toMatchObject({ id: ids.second, mac, run });
    expect(reader.findBoot(ids.boot)).toMatchObject({ run: null });
    expect(types(reader.listByBoot(ids.second, { limit: 10 }))).toEqual([
      "PxeRequested",
      "PxeRequested",
      "BootScriptServed",
      "BootIntentServed",
    ]);
    expect(reader.listBoots(mac, { limit: 10 }).map(({ id }) => id)).toEqual([ids.boot, ids.second]);
  });

  test("is known by its second request when the first was never recorded", async () => {
    const reader = await readerAfter(bootTimeline, bootTimelineReader, [
      within(ids.dropped, "address-10.77.0.100", samples.LeaseGranted),
      within(ids.dropped, `boot-${mac}`, samples.PxeRequested),
    ]);
    expect(reader.findBoot(ids.dropped)).toMatchObject({ mac });
    expect(reader.listByMac(mac, { limit: 9 }).map(({ bootId }) => bootId)).toEqual([
      ids.dropped,
      ids.dropped,
    ]);
  });

  test("is none for what an operator did", async () => {
    const asked: Step = { stream: `machine-${machineId}`, events: [samples.MachineLocked] };
    const reader = await readerAfter(bootTimeline, bootTimelineReader, [...firstBoot, asked]);
    const [newest] = reader.listByMachine(machineId, { limit: 1, newestFirst: true });
    expect(newest).toMatchObject({ type: "MachineLocked", bootId: null, actor: "user:ada" });
  });
});
