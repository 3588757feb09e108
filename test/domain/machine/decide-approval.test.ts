import { describe, expect, test } from "vitest";
import { machineDecider } from "../../../src/domain/machine/decide.ts";
import { MachineName } from "../../../src/domain/values/slug.ts";
import { given } from "../../support/given.ts";
import { histories } from "../../support/machine-history.ts";
import { machineName, run, samples } from "../../support/samples.ts";

const { MachineApproved, MachineRenamed, MachineLocked, MachineUnlocked } = samples;

describe("approving a machine", () => {
  const approve = { type: "ApproveMachine" } as const;

  test.each([
    "inspected",
    "failed",
    "releasing",
    "quarantined",
  ] as const)("makes one that is %s ready", (state) => {
    given(machineDecider, histories[state]).when(approve).thenAppends(MachineApproved);
  });

  test("gives it a name when one came along", () => {
    given(machineDecider, histories.inspected)
      .when({ ...approve, name: machineName })
      .thenAppends(MachineRenamed, MachineApproved);
  });

  test("leaves it the name that it has", () => {
    given(machineDecider, [...histories.failed, MachineRenamed])
      .when({ ...approve, name: machineName })
      .thenAppends(MachineApproved);
  });

  test("is nothing when it is ready already, but for another name", () => {
    given(machineDecider, histories.ready).when(approve).thenNothing();
    given(machineDecider, histories.ready)
      .when({ ...approve, name: machineName })
      .thenAppends(MachineRenamed);
  });

  test.each([
    ["registered", histories.registered],
    ["discovered", histories.discovered],
    ["quarantined", [...histories.discovered, samples.MachineQuarantined]],
  ] as const)("is refused when it is %s and has reported no inventory", (_state, history) => {
    given(machineDecider, history).when(approve).thenRejects("INVENTORY_MISSING", "have it discovered");
  });

  test.each(["allocated", "deploying"] as const)("is refused while it is %s", (state) => {
    given(machineDecider, histories[state]).when(approve).thenRejects("MACHINE_BUSY", run, "wait");
  });

  test("is refused when it is deployed, retired, or unknown", () => {
    given(machineDecider, histories.deployed).when(approve).thenRejects("MACHINE_DEPLOYED", "release it");
    given(machineDecider, histories.retired).when(approve).thenRejects("MACHINE_RETIRED", "discovered anew");
    given(machineDecider).when(approve).thenRejects("MACHINE_UNKNOWN");
  });
});

describe("renaming a machine", () => {
  const rename = { type: "RenameMachine", name: machineName } as const;

  test.each(
    Object.entries(histories).filter(([name]) => name !== "retired"),
  )("is recorded once when it is %s, locked or not", (_state, history) => {
    given(machineDecider, history).when(rename).thenAppends(MachineRenamed);
    given(machineDecider, [...history, MachineLocked])
      .when(rename)
      .thenAppends(MachineRenamed);
    given(machineDecider, [...history, MachineRenamed])
      .when(rename)
      .thenNothing();
  });

  test("is refused when it is retired, or unknown", () => {
    given(machineDecider, histories.retired).when(rename).thenRejects("MACHINE_RETIRED");
    given(machineDecider).when(rename).thenRejects("MACHINE_UNKNOWN");
  });
});

test("a machine remembers the names that it had, but not as former when it has them again", () => {
  const second = MachineName.parse("node-2");
  const state = [
    ...histories.ready,
    MachineRenamed,
    { type: "MachineRenamed", data: { name: second } } as const,
  ].reduce(machineDecider.evolve, machineDecider.initial);
  expect(state).toMatchObject({ name: second, formerNames: [machineName] });
  expect(machineDecider.evolve(state, MachineRenamed)).toMatchObject({
    name: machineName,
    formerNames: [second],
  });
});

describe("locking a machine", () => {
  test.each(
    Object.entries(histories).filter(([name]) => name !== "retired"),
  )("is recorded once when it is %s, and so is unlocking", (_state, history) => {
    given(machineDecider, history).when({ type: "LockMachine" }).thenAppends(MachineLocked);
    given(machineDecider, [...history, MachineLocked])
      .when({ type: "LockMachine" })
      .thenNothing();
    given(machineDecider, [...history, MachineLocked])
      .when({ type: "UnlockMachine" })
      .thenAppends(MachineUnlocked);
    given(machineDecider, [...history, MachineLocked, MachineUnlocked])
      .when({ type: "UnlockMachine" })
      .thenNothing();
  });

  test("is refused when it is retired", () => {
    given(machineDecider, histories.retired).when({ type: "LockMachine" }).thenRejects("MACHINE_RETIRED");
    given(machineDecider, histories.retired).when({ type: "UnlockMachine" }).thenRejects("MACHINE_RETIRED");
  });

  test("outlasts the run that has it", () => {
    const state = [...histories.deploying, MachineLocked, samples.DeploymentCompleted].reduce(
      machineDecider.evolve,
      machineDecider.initial,
    );
    expect(state).toMatchObject({ status: "deployed", locked: true });
  });
});
