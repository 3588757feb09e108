import { describe, expect, test } from "vitest";
import { eventCollection } from "../../src/projections/collections/events.ts";
import { eventsIndex } from "../../src/projections/views/events-index.ts";
import type { Step } from "../support/history.ts";
import { address, mac, machineId, otherMachineId, samples } from "../support/samples.ts";
import { readerAfter } from "./view-files.ts";

const { Claimed, Released, LeaseGranted, LabelsChanged, MachineDiscovered, PxeRequested } = samples;
const [ofMac, ofBoot, ofAddress] = [`mac-${mac}`, `boot-${mac}`, `address-${address}`];
const labelled = (id: string, pool: string): Step => ({
  stream: `machine-${id}`,
  events: [MachineDiscovered, { ...LabelsChanged, data: { set: { pool }, removed: [] } }],
});
const claimed = (id: string): Step => ({ stream: ofMac, events: [{ ...Claimed, data: { machineId: id } }] });

/** The streams whose events are found by a label of their machine. */
async function streamsIn(pool: string, steps: readonly Step[]): Promise<readonly string[]> {
  const collection = await readerAfter(eventsIndex, eventCollection, steps);
  const found = collection.page({ where: { label: "pool", eq: pool }, limit: 100 });
  return [...new Set(found.map(({ row }) => row.stream))].toSorted();
}

describe("a stream belongs to the machine", () => {
  const boot: Step = { stream: ofBoot, events: [PxeRequested] };
  const lease: Step = { stream: ofAddress, events: [LeaseGranted] };
  const all = [ofAddress, ofBoot, ofMac, `machine-${machineId}`].toSorted();

  test("that has its interface, whether the lease or the claim came first", async () => {
    expect(await streamsIn("a", [boot, lease, claimed(machineId), labelled(machineId, "a")])).toEqual(all);
    expect(await streamsIn("a", [claimed(machineId), labelled(machineId, "a"), boot, lease])).toEqual(all);
  });

  test("that has its name", async () => {
    const name: Step = { stream: "name-node-1", events: [{ ...Claimed, data: { machineId } }] };
    expect(await streamsIn("a", [name, labelled(machineId, "a")])).toContain("name-node-1");
  });

  test("that has it now", async () => {
    const moved: readonly Step[] = [
      claimed(machineId),
      labelled(machineId, "a"),
      boot,
      lease,
      { stream: ofMac, events: [{ ...Released, data: { machineId } }] },
      claimed(otherMachineId),
      labelled(otherMachineId, "b"),
    ];
    expect(await streamsIn("a", moved)).toEqual([`machine-${machineId}`]);
    expect(await streamsIn("b", moved)).toContain(ofAddress);
  });

  test("that is called so by its labels of today", async () => {
    const relabelled = [labelled(machineId, "a"), labelled(machineId, "b")];
    expect(await streamsIn("a", relabelled)).toEqual([]);
    expect(await streamsIn("b", relabelled)).toEqual([`machine-${machineId}`]);
  });
});
