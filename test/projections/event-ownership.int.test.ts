import { describe, expect, test } from "vitest";
import { eventCollection } from "../../src/projections/collections/events.ts";
import { eventsIndex } from "../../src/projections/views/events-index.ts";
import { eventsIndexReader } from "../../src/projections/views/events-index-reader.ts";
import type { Step } from "../support/history.ts";
import { address, mac, machineId, otherMachineId, samples } from "../support/samples.ts";
import { readerAfter } from "./view-files.ts";

const { Claimed, Released, LeaseGranted, AddressReserved, LabelsChanged } = samples;
const { MachineDiscovered, PxeRequested, SubnetRetired } = samples;
const [ofMac, ofBoot, ofAddress] = [`mac-${mac}`, `boot-${mac}`, `address-${address}`];
const otherMac = "52:54:00:00:00:aa";
const labelled = (id: string, pool: string): Step => ({
  stream: `machine-${id}`,
  events: [MachineDiscovered, { ...LabelsChanged, data: { set: { pool }, removed: [] } }],
});
const claimed = (id: string, stream = ofMac): Step => ({
  stream,
  events: [{ ...Claimed, data: { machineId: id } }],
});
const released = (id: string, stream = ofMac): Step => ({
  stream,
  events: [{ ...Released, data: { machineId: id } }],
});
const leased = (holder: string): Step => {
  const { data } = LeaseGranted;
  return {
    stream: ofAddress,
    events: [{ ...LeaseGranted, data: { ...data, holder: { ...data.holder, mac: holder } } }],
  };
};
const boot: Step = { stream: ofBoot, events: [PxeRequested] };

/** The places in the log of the events that are found by a label of their machine, but those of its own stream. */
async function placesIn(pool: string, steps: readonly Step[]): Promise<readonly number[]> {
  const reader = await readerAfter(
    eventsIndex,
    (connection) => ({ list: eventCollection(connection), ...eventsIndexReader(connection) }),
    steps,
  );
  const rows = reader.list.page({ limit: 100, orderBy: { column: "position", descending: false } });
  const found = reader.list.page({ where: { label: "pool", eq: pool }, limit: 100 }).map(({ row }) => row);
  const owner = found.find(({ stream }) => stream.startsWith("machine-"))?.stream;
  // One event is asked for by its position, and must be found to be whose the list says.
  for (const { row } of rows) {
    const isFound = found.some(({ ordinal }) => ordinal === row.ordinal);
    expect([row.ordinal, `machine-${reader.machineAt(row.position)}` === owner]).toEqual([
      row.ordinal,
      isFound,
    ]);
  }
  return found
    .filter(({ stream }) => !stream.startsWith("machine-"))
    .map(({ ordinal }) => ordinal)
    .toSorted((one, other) => one - other);
}

describe("an event belongs to the machine", () => {
  test("that has the interface, whether the boot, the lease or the claim came first", async () => {
    const labels = labelled(machineId, "a");
    expect(await placesIn("a", [boot, leased(mac), claimed(machineId), labels])).toEqual([0, 1, 2]);
    expect(await placesIn("a", [claimed(machineId), labels, boot, leased(mac)])).toEqual([0, 3, 4]);
  });

  test("that has the name, also when it is called otherwise by now", async () => {
    const names = [claimed(machineId, "name-old"), claimed(machineId, "name-new")];
    expect(await placesIn("a", [...names, labelled(machineId, "a")])).toEqual([0, 1]);
  });

  test("that had the interface then, and from its release on to the next", async () => {
    const moved: readonly Step[] = [
      labelled(machineId, "a"),
      labelled(otherMachineId, "b"),
      claimed(machineId),
      boot,
      leased(mac),
      released(machineId),
      boot,
      leased(mac),
      claimed(otherMachineId),
      boot,
    ];
    expect(await placesIn("a", moved)).toEqual([4, 5, 6, 7]);
    expect(await placesIn("b", moved)).toEqual([8, 9, 10, 11]);
  });

  test("that had the address then", async () => {
    const passedOn: readonly Step[] = [
      labelled(machineId, "a"),
      labelled(otherMachineId, "b"),
      claimed(machineId),
      claimed(otherMachineId, `mac-${otherMac}`),
      leased(mac),
      leased(otherMac),
    ];
    expect(await placesIn("a", passedOn)).toEqual([4, 6]);
    expect(await placesIn("b", passedOn)).toEqual([5, 7]);
  });

  test("that an address is set aside for, whoever held it last", async () => {
    const data = { ...AddressReserved.data, reservedFor: otherMac, holder: LeaseGranted.data.holder };
    const reserved: Step = { stream: ofAddress, events: [{ ...AddressReserved, data }] };
    const steps = [labelled(machineId, "a"), labelled(otherMachineId, "b"), claimed(machineId)];
    const claims = [...steps, claimed(otherMachineId, `mac-${otherMac}`), reserved];
    expect(await placesIn("a", claims)).toEqual([4]);
    expect(await placesIn("b", claims)).toEqual([5, 6]);
  });

  test("that is called so by its labels of today", async () => {
    const relabelled = [claimed(machineId), labelled(machineId, "a"), labelled(machineId, "b")];
    expect(await placesIn("a", relabelled)).toEqual([]);
    expect(await placesIn("b", relabelled)).toEqual([0]);
  });
});

test("what is about no machine belongs to none", async () => {
  const steps: readonly Step[] = [
    { stream: "network", events: [SubnetRetired] },
    { stream: ofAddress, events: [{ ...LeaseGranted, data: { ...LeaseGranted.data, holder: null } }] },
    labelled(machineId, "a"),
  ];
  expect(await placesIn("a", steps)).toEqual([]);
});
