import { describe, expect, test } from "vitest";
import { machineDecider } from "../../../src/domain/machine/decide.ts";
import type { Inventory } from "../../../src/domain/machine/inventory.ts";
import { given } from "../../support/given.ts";
import { histories } from "../../support/machine-history.ts";
import { inventory, mac, samples, secondMac } from "../../support/samples.ts";

const { MachineDiscovered, InventoryReported, InterfaceAdded } = samples;
const { DiscoveryIntentSet, DiscoveryIntentServed, DiscoveryIntentConsumed } = samples;
const known = Object.entries(histories).filter(([name]) => name !== "retired");
const other: Inventory = { ...inventory, memoryBytes: 4_294_967_296 };

describe("discovering a machine", () => {
  const discover = { type: "DiscoverMachine", mac, architecture: "x64-uefi" } as const;

  test("records an interface that was seen for the first time", () => {
    given(machineDecider).when(discover).thenAppends(MachineDiscovered);
  });

  test("records that a registered machine showed up", () => {
    given(machineDecider, histories.registered).when(discover).thenAppends(MachineDiscovered);
  });

  test.each(
    known.filter(([name]) => name !== "registered"),
  )("is no news when the machine is %s", (_state, history) => {
    given(machineDecider, history).when(discover).thenNothing();
  });

  test("records that a machine showed up which was quarantined before, and leaves it there", () => {
    const heldBack = [...histories.registered, samples.MachineQuarantined];
    given(machineDecider, heldBack).when(discover).thenAppends(MachineDiscovered);
    const state = [...heldBack, MachineDiscovered].reduce(machineDecider.evolve, machineDecider.initial);
    expect(state).toMatchObject({ status: "quarantined" });
    given(machineDecider, [...heldBack, MachineDiscovered])
      .when(discover)
      .thenNothing();
  });

  test("is refused for a retired machine, whose claim is to be released first", () => {
    given(machineDecider, histories.retired).when(discover).thenRejects("MACHINE_RETIRED", mac, "release");
  });
});

describe("reporting an inventory", () => {
  test.each([
    "discovered",
    "inspected",
    "ready",
  ] as const)("records news of a machine that is %s", (state) => {
    given(machineDecider, histories[state])
      .when({ type: "ReportInventory", inventory: other })
      .thenAppends({ type: "InventoryReported", data: { inventory: other } });
  });

  test("records the first one", () => {
    given(machineDecider, histories.discovered)
      .when({ type: "ReportInventory", inventory })
      .thenAppends(InventoryReported);
  });

  test.each(
    known.filter(([, history]) => history.includes(InventoryReported)),
  )("once more without news records nothing when the machine is %s", (_state, history) => {
    given(machineDecider, history).when({ type: "ReportInventory", inventory }).thenNothing();
  });

  test.each([
    "registered",
    "allocated",
    "deploying",
    "deployed",
    "failed",
    "releasing",
    "quarantined",
  ] as const)("is refused when the machine is %s, where no discovery agent runs", (state) => {
    given(machineDecider, histories[state])
      .when({ type: "ReportInventory", inventory: other })
      .thenRejects("INVENTORY_NOT_EXPECTED", state, "discovered or ready");
  });

  test("comes about when it was asked for once more, which it answers", () => {
    given(machineDecider, [...histories.deployed, DiscoveryIntentSet, DiscoveryIntentServed])
      .when({ type: "ReportInventory", inventory: other })
      .thenAppends({ type: "InventoryReported", data: { inventory: other } }, DiscoveryIntentConsumed);
    given(machineDecider, [...histories.ready, DiscoveryIntentSet, DiscoveryIntentServed])
      .when({ type: "ReportInventory", inventory })
      .thenAppends(DiscoveryIntentConsumed);
  });

  test("of an agent that ran before it was asked for once more answers nothing", () => {
    given(machineDecider, [...histories.ready, DiscoveryIntentSet])
      .when({ type: "ReportInventory", inventory: other })
      .thenAppends({ type: "InventoryReported", data: { inventory: other } });
    given(machineDecider, [...histories.deployed, DiscoveryIntentSet])
      .when({ type: "ReportInventory", inventory: other })
      .thenRejects("INVENTORY_NOT_EXPECTED", "deployed");
  });

  test("is refused for a machine that nobody discovered, or that is retired", () => {
    given(machineDecider).when({ type: "ReportInventory", inventory }).thenRejects("MACHINE_UNKNOWN");
    given(machineDecider, histories.retired)
      .when({ type: "ReportInventory", inventory })
      .thenRejects("MACHINE_RETIRED");
  });
});

describe("adding an interface", () => {
  const add = { type: "AddInterface", mac: secondMac } as const;

  test("is recorded once", () => {
    given(machineDecider, histories.inspected).when(add).thenAppends(InterfaceAdded);
    given(machineDecider, [...histories.inspected, InterfaceAdded])
      .when(add)
      .thenNothing();
  });

  test("is nothing for the interface that the machine was discovered by", () => {
    given(machineDecider, histories.inspected).when({ type: "AddInterface", mac }).thenNothing();
  });

  test("is refused for a retired machine", () => {
    given(machineDecider, histories.retired).when(add).thenRejects("MACHINE_RETIRED");
  });
});
