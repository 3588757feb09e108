import { describe, expect, test } from "vitest";
import { machineDecider } from "../../../src/domain/machine/decide.ts";
import { given } from "../../support/given.ts";
import { histories } from "../../support/machine-history.ts";
import { mac, machineName, samples, secondMac } from "../../support/samples.ts";

const { MachineRegistered, MachineRenamed, MachineDiscovered } = samples;
const register = { type: "RegisterMachine", macs: [mac, secondMac] } as const;
const command = { ...register, macs: [...register.macs] };

describe("registering a machine", () => {
  test("records its addresses", () => {
    given(machineDecider).when(command).thenAppends(MachineRegistered);
  });

  test("records its name, labels and params when they came along", () => {
    const params = { "boot.delay": 5 };
    given(machineDecider)
      .when({ ...command, name: machineName, labels: { rack: "b7" }, params })
      .thenAppends(
        MachineRegistered,
        MachineRenamed,
        { type: "LabelsChanged", data: { set: { rack: "b7" }, removed: [] } },
        { type: "ParamsChanged", data: { set: params, removed: [] } },
      );
  });

  test("is refused with labels or params that no machine may have", () => {
    const many = Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`l${index}`, ""]));
    given(machineDecider)
      .when({ ...command, labels: many })
      .thenRejects("LABELS_TOO_MANY", "65");
    given(machineDecider)
      .when({ ...command, params: { "root-password": "x" } })
      .thenRejects("PARAM_LOOKS_SECRET", "root-password");
  });

  test("is nothing when the same machine is registered already, whatever the order of its addresses", () => {
    given(machineDecider, histories.registered)
      .when({ ...command, macs: [secondMac, mac] })
      .thenNothing();
    given(machineDecider, [...histories.registered, MachineRenamed])
      .when({ ...command, name: machineName })
      .thenNothing();
  });

  test("is refused with other addresses or another name", () => {
    given(machineDecider, histories.registered)
      .when({ ...command, macs: [mac] })
      .thenRejects("MACHINE_EXISTS");
    given(machineDecider, histories.registered)
      .when({ ...command, name: machineName })
      .thenRejects("MACHINE_EXISTS");
  });

  test.each(
    Object.entries(histories).filter(([name]) => name !== "registered"),
  )("is refused when the machine is known: %s", (_state, history) => {
    given(machineDecider, history).when(command).thenRejects("MACHINE_EXISTS", "never seen");
  });
});

describe("a registered machine that boots", () => {
  test("is discovered, and the interface that it booted with comes first", () => {
    const booted = { type: "MachineDiscovered", data: { mac: secondMac, architecture: null } } as const;
    const state = [MachineRegistered, booted].reduce(machineDecider.evolve, machineDecider.initial);
    expect(state).toMatchObject({ status: "discovered", macs: [secondMac, mac] });
  });

  test("cannot be discovered twice, nor registered after that", () => {
    const discovered = [MachineRegistered, MachineDiscovered].reduce(
      machineDecider.evolve,
      machineDecider.initial,
    );
    expect(() => machineDecider.evolve(discovered, MachineDiscovered)).toThrow("verify the log");
    expect(() => machineDecider.evolve(discovered, MachineRegistered)).toThrow("verify the log");
  });
});
