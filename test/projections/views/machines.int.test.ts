import { describe, expect, test } from "vitest";
import { MachineId } from "../../../src/domain/values/machine-id.ts";
import { MachineName } from "../../../src/domain/values/slug.ts";
import { machines } from "../../../src/projections/views/machines.ts";
import { machinesReader } from "../../../src/projections/views/machines-reader.ts";
import type { Step } from "../../support/history.ts";
import {
  inventory,
  mac,
  machineId,
  machineName,
  otherMac,
  otherMachineId,
  samples,
  secondMac,
} from "../../support/samples.ts";
import { readerAfter } from "../view-files.ts";

const stream = `machine-${machineId}`;
const discovered: Step = { stream, events: [samples.MachineDiscovered] };
const approved: Step = {
  stream,
  events: [
    samples.InventoryReported,
    samples.InterfaceAdded,
    samples.MachineRenamed,
    samples.MachineApproved,
  ],
};
const retired: Step = { stream, events: [samples.MachineRetired] };
const otherDiscovered = (ofMac = otherMac): Step => ({
  stream: `machine-${otherMachineId}`,
  events: [{ type: "MachineDiscovered", data: { mac: ofMac, architecture: null } }],
});

describe("the view of machines", () => {
  test("shows a machine as its stream folds", async () => {
    const reader = await readerAfter(machines, machinesReader, [discovered, approved]);
    expect(reader.find(machineId)).toMatchObject({
      id: machineId,
      name: machineName,
      state: "ready",
      macs: [mac, secondMac],
      inventory,
      revision: 4,
    });
  });

  test("finds a machine by each interface and by its name", async () => {
    const reader = await readerAfter(machines, machinesReader, [discovered, approved, otherDiscovered()]);
    expect([mac, secondMac, otherMac].map((each) => reader.findByMac(each)?.id)).toEqual([
      machineId,
      machineId,
      otherMachineId,
    ]);
    expect(reader.findByName(machineName)?.id).toBe(machineId);
    expect(reader.findByName(MachineName.parse("node-2"))).toBeUndefined();
  });

  test("forgets names and interfaces of a retired machine, but not the machine", async () => {
    const reader = await readerAfter(machines, machinesReader, [discovered, approved, retired]);
    expect(reader.find(machineId)).toMatchObject({ state: "retired", name: machineName });
    expect(reader.findByMac(mac)).toBeUndefined();
    expect(reader.findByName(machineName)).toBeUndefined();
  });

  test("leaves an interface to the machine that has it now", async () => {
    const steps = [discovered, retired, otherDiscovered(mac)];
    expect((await readerAfter(machines, machinesReader, steps)).findByMac(mac)?.id).toBe(otherMachineId);
    const late = [discovered, otherDiscovered(mac), retired];
    expect((await readerAfter(machines, machinesReader, late)).findByMac(mac)?.id).toBe(otherMachineId);
  });
});

describe("listing machines", () => {
  const ids = Array.from({ length: 7 }, (_, index) =>
    MachineId.parse(`01920000-0000-7000-8000-0000000000${(index + 16).toString(16)}`),
  );
  const steps = ids.flatMap((id, index): readonly Step[] => {
    const first = {
      ...samples.MachineDiscovered,
      data: { mac: `52:54:00:00:00:0${index}`, architecture: null },
    };
    const own = { stream: `machine-${id}`, events: [first] };
    return index % 2 === 0 ? [own] : [own, { stream: `machine-${id}`, events: [samples.MachineRetired] }];
  });

  test("pages in the order of ids", async () => {
    const reader = await readerAfter(machines, machinesReader, steps);
    const first = reader.list({ limit: 3 });
    expect(first.map(({ id }) => id)).toEqual(ids.slice(0, 3));
    const rest = reader.list({ limit: 10, after: first[2]?.id ?? machineId });
    expect(rest.map(({ id }) => id)).toEqual(ids.slice(3));
  });

  test("pages through any of some states in one order", async () => {
    const reader = await readerAfter(machines, machinesReader, steps);
    const all = reader.list({ limit: 4, states: ["retired", "discovered", "retired"] });
    expect(all.map(({ id }) => id)).toEqual(ids.slice(0, 4));
    expect(reader.list({ limit: 9, states: ["retired"] }).map(({ id }) => id)).toEqual([
      ids[1],
      ids[3],
      ids[5],
    ]);
    expect(reader.list({ limit: 9, states: [] })).toEqual([]);
  });

  test("counts by state", async () => {
    const reader = await readerAfter(machines, machinesReader, steps);
    expect(reader.countByState()).toEqual(
      new Map([
        ["discovered", 4],
        ["retired", 3],
      ]),
    );
  });
});
