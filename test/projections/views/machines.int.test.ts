import { describe, expect, test } from "vitest";
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
